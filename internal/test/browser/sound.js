(() => {
  const faults = [];
  const path = window.soundPath = e => {
    if (!e || e === document.body || e === document.documentElement) return "";
    const parts = [];
    for (; e && e.parentElement; e = e.parentElement) {
      parts.unshift(e.tagName.toLowerCase() + (e.id ? "#" + e.id : ":" + [...e.parentElement.children].indexOf(e)));
    }
    return parts.join(">");
  };
  const shown = e => {
    if (e.checkVisibility && !e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) return false;
    const r = e.getBoundingClientRect();
    return r.width > 1 && r.height > 1;
  };

  if (!document.documentElement.lang) faults.push("no language");
  if (!document.title.trim()) faults.push("no title");
  if (!document.querySelector("main")) faults.push("no main");
  if (!document.querySelector("meta[name=viewport]")) faults.push("no viewport");
  const headings = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")];
  if (headings.filter(h => h.tagName === "H1").length !== 1) faults.push("not one h1");
  let level = 0;
  for (const h of headings) {
    const l = +h.tagName[1];
    if (l > level + 1) faults.push("heading skips a level: " + h.textContent.trim());
    level = l;
  }

  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) {
    if (ids.has(e.id)) faults.push("id twice: " + e.id);
    ids.add(e.id);
  }
  for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) faults.push("picture without text: " + path(e));
  for (const e of document.querySelectorAll("input:not([type=hidden]),select,textarea")) {
    if (!(e.labels && e.labels.length) && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) {
      faults.push("field without label: " + path(e));
    }
  }
  for (const e of document.querySelectorAll("a,button,summary")) {
    if (shown(e) && !(e.textContent.trim() || e.getAttribute("aria-label") || e.querySelector("img[alt]:not([alt=''])"))) {
      faults.push("nothing says what it does: " + path(e));
    }
  }

  if (document.documentElement.scrollWidth > window.innerWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1);
    faults.push("wider than the screen: " + wide.slice(0, 3).map(path).join(", "));
  }

  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = color => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const d = canvas.getImageData(0, 0, 1, 1).data;
    return [d[0], d[1], d[2], d[3] / 255];
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const dark = scheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
  const ground = e => {
    const layers = [];
    for (; e; e = e.parentElement) {
      const s = getComputedStyle(e);
      if (s.backgroundImage !== "none" && s.backgroundImage.includes("url(")) return null;
      const c = rgba(s.backgroundColor);
      layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const light = c => {
    const [r, g, b] = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const told = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!n.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT"].includes(e.tagName) || !shown(e) || e.closest("[disabled],svg")) continue;
    const s = getComputedStyle(e), under = ground(e);
    if (!under) continue;
    const a = light(over(rgba(s.color), under)), b = light(under);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && +s.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) {
      const fault = "contrast " + ratio.toFixed(2) + ": " + n.data.trim().slice(0, 40);
      if (!told.has(fault)) faults.push(fault);
      told.add(fault);
    }
  }
  return faults;
})()
