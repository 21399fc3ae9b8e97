package casefw

import (
	"strings"
	"sync"
)

// NormalizeLanguage brings a language to the form of RFC 5646: the standard names
// ISO 639-2 ("eng"), its guide writes "en_US", providers send both and "en-US".
// ok is false for what is no language tag, such as "English".
func NormalizeLanguage(language string) (tag string, ok bool) {
	parts := strings.Split(strings.ReplaceAll(strings.TrimSpace(language), "_", "-"), "-")
	if language == "" {
		return "", true
	}
	for i, p := range parts {
		if p == "" || len(p) > 8 || !alphanumeric(p) {
			return "", false
		}
		switch {
		case i == 0:
			if parts[0] = strings.ToLower(p); len(p) > 3 || len(p) < 2 && p != "x" && p != "i" {
				return "", false
			}
			if short, known := shortLanguages()[parts[0]]; known {
				parts[0] = short
			}
		case len(p) == 4 && !digit(p[0]):
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:]) // script
		case len(p) == 2:
			parts[i] = strings.ToUpper(p) // region
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	return strings.Join(parts, "-"), true
}

func alphanumeric(s string) bool {
	for _, c := range []byte(s) {
		if l := c | 0x20; !digit(c) && (l < 'a' || l > 'z') {
			return false
		}
	}
	return true
}

// shortLanguages gives the two letters of ISO 639-1 for the three of ISO 639-2, in
// both of its forms where they differ. RFC 5646 wants the shorter. The table is made
// when it is first asked for: most programs never ask.
var shortLanguages = sync.OnceValue(func() map[string]string {
	const table = `aar aa abk ab ave ae afr af aka ak amh am arg an ara ar asm as ava av aym ay aze az bak ba bel be bul bg
bih bh bis bi bam bm ben bn bod bo tib bo bre br bos bs cat ca che ce cha ch cos co cre cr ces cs cze cs chu cu chv cv
cym cy wel cy dan da deu de ger de div dv dzo dz ewe ee ell el gre el eng en epo eo spa es est et eus eu baq eu fas fa
per fa ful ff fin fi fij fj fao fo fra fr fre fr fry fy gle ga gla gd glg gl grn gn guj gu glv gv hau ha heb he hin hi
hmo ho hrv hr hat ht hun hu hye hy arm hy her hz ina ia ind id ile ie ibo ig iii ii ipk ik ido io isl is ice is ita it
iku iu jpn ja jav jv kat ka geo ka kon kg kik ki kua kj kaz kk kal kl khm km kan kn kor ko kau kr kas ks kur ku kom kv
cor kw kir ky lat la ltz lb lug lg lim li lin ln lao lo lit lt lub lu lav lv mlg mg mah mh mri mi mao mi mkd mk mac mk
mal ml mon mn mar mr msa ms may ms mlt mt mya my bur my nau na nob nb nde nd nep ne ndo ng nld nl dut nl nno nn nor no
nbl nr nav nv nya ny oci oc oji oj orm om ori or oss os pan pa pli pi pol pl pus ps por pt que qu roh rm run rn ron ro
rum ro rus ru kin rw san sa srd sc snd sd sme se sag sg sin si slk sk slo sk slv sl smo sm sna sn som so sqi sq alb sq
srp sr ssw ss sot st sun su swe sv swa sw tam ta tel te tgk tg tha th tir ti tuk tk tgl tl tsn tn ton to tur tr tso ts
tat tt twi tw tah ty uig ug ukr uk urd ur uzb uz ven ve vie vi vol vo wln wa wol wo xho xh yid yi yor yo zha za zho zh
chi zh zul zu`
	words := strings.Fields(table)
	m := make(map[string]string, len(words)/2)
	for i := 0; i+1 < len(words); i += 2 {
		m[words[i]] = words[i+1]
	}
	return m
})
