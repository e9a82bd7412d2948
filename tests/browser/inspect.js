// What of the page is not wholly seen, shadow roots included; visits.py runs this in the page.
(() => {
  function* everything(root) {
    for (const node of root.querySelectorAll("*")) {
      yield node
      if (node.shadowRoot) yield* everything(node.shadowRoot)
    }
  }
  const says = node => node.localName === "input" ? node.value : node.textContent
  const short = node => `${node.localName}: ${says(node).trim().slice(0, 60)}`
  const ownText = node => node.localName === "input" ||
    [...node.childNodes].some(it => it.nodeType === Node.TEXT_NODE && it.data.trim())
  // Not what is kept for screen readers alone, nor what waits outside, as a closed drawer does.
  const shown = box => box.width > 2 && box.bottom > 0 && box.right > 0
  const texts = () => [...everything(document.body)].filter(node =>
    ownText(node) && !["style", "script", "title"].includes(node.localName) &&
    node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    shown(node.getBoundingClientRect()))
  const clips = node => getComputedStyle(node).overflowX !== "visible"
  const parent = node => node.parentElement ?? node.getRootNode().host

  /** Texts that end beyond a box that clips them: an ellipsis, an SVG's edge, the window. */
  function cutOff() {
    return texts().filter(node => {
      if (clips(node) && node.scrollWidth > node.clientWidth + 1) return true
      const range = document.createRange()
      range.selectNodeContents(node)
      const { left, right } = (node.localName === "input" ? node : range).getBoundingClientRect()
      for (let box = node; box; box = parent(box)) {
        if (!clips(box) && box.localName !== "svg") continue
        const edge = box.getBoundingClientRect()
        if (right > edge.right + 1 || left < edge.left - 1) return true
      }
      return right > window.innerWidth + 1
    }).map(short)
  }

  /** Boxes inside the page with more in them than they show; `except` the page itself. */
  function scrollAreas(except) {
    return [...everything(document.body)].filter(node => {
      const style = getComputedStyle(node)
      const can = (how, more) => /auto|scroll/.test(how) && more > 1
      return !node.matches(except) && node.checkVisibility() && shown(node.getBoundingClientRect()) &&
        (can(style.overflowX, node.scrollWidth - node.clientWidth) ||
         can(style.overflowY, node.scrollHeight - node.clientHeight))
    }).map(node => `${node.dataset.testid ?? node.className}: ${short(node)}`)
  }

  /** A node's words without a source's title or quotation, which stand as they were written. */
  function ourWords(node) {
    if (node.localName === "input") return node.value
    if (node.closest("cite, q")) return ""
    const copy = node.cloneNode(true)
    copy.querySelectorAll("cite, q").forEach(it => it.remove())
    return copy.textContent
  }

  /** All a person or a screen reader is told: texts, values, names. */
  function told() {
    const names = [...everything(document.body)].map(node => node.getAttribute("aria-label"))
    return [...texts().map(ourWords), ...names.filter(Boolean)]
  }
  return { cutOff, scrollAreas, told }
})()
