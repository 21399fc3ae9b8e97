
// The page is whole without this. It adds a box that hides what does not match, and buttons
// that open and close the whole tree.
(() => {
  const items = [...document.querySelectorAll('.item')]
  const texts = items.map(item => [...item.querySelectorAll(':scope > summary, :scope > .line, :scope > .note, :scope > .foot > p, :scope > .below > .note, :scope > .below > .foot > p, :scope > a')]
    .map(part => part.textContent).join(' ').toLowerCase())
  const wasOpen = items.map(item => item.open)
  const tools = document.getElementById('tools')
  const box = document.createElement('input')
  const count = document.createElement('output')
  box.type = 'search'
  box.placeholder = 'Search codes and statements'
  box.setAttribute('aria-label', box.placeholder)
  const button = (text, open) => {
    const b = document.createElement('button')
    b.type = 'button'
    b.textContent = text
    b.addEventListener('click', () => items.forEach(item => { if (item.tagName === 'DETAILS') item.open = open }))
    return b
  }
  tools.append(box, count, button('Open all', true), button('Close all', false))
  tools.hidden = items.length === 0
  box.addEventListener('input', () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean)
    let found = 0
    items.forEach((item, i) => {
      item.classList.toggle('miss', words.length !== 0)
      if (item.tagName === 'DETAILS') item.open = words.length ? false : wasOpen[i]
    })
    if (words.length) items.forEach((item, i) => {
      if (!words.every(word => texts[i].includes(word))) return
      found++
      item.classList.remove('miss')
      for (let up = item.parentElement; up; up = up.parentElement) {
        up.classList.remove('miss')
        if (up.tagName === 'DETAILS') up.open = true
      }
    })
    count.textContent = words.length ? found + ' found' : ''
  })
})()
