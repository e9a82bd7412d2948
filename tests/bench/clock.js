// The browser's own clock, put into a page before its scripts: when the last pointer or key went
// down, when the websocket sent and received, when the page's content last changed.
//
// Content is all inside `stMain`, shadow roots too: nodes, texts, attributes. Left out: the header
// with its running man, pop-ups and toasts, which are outside `stMain`; and attributes or texts set
// to what they already were, which nobody can see. No canvas is on the pages measured.
(() => {
  const clock = (window.benchClock = { start: 0, last: 0, frames: [], changes: null })
  const begin = ({ timeStamp }) => {
    Object.assign(clock, { start: timeStamp, last: 0, frames: [], changes: clock.changes && [] })
  }
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, begin, { capture: true })

  const WHOLE = { subtree: true, childList: true, attributeOldValue: true, characterDataOldValue: true }
  const observer = new MutationObserver(records => {
    const now = performance.now()
    for (const record of records.filter(isChange)) {
      const path = []
      for (let at = record.target; at; at = at.parentNode ?? at.host) path.push(at)
      if (!path.some(node => node.dataset?.testid === "stMain")) continue
      clock.last = now
      clock.changes?.push({ at: now - clock.start, owner: owner(path), what: what(record) })
    }
  })
  observer.observe(document, WHOLE)
  const attach = Element.prototype.attachShadow
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options)
    observer.observe(root, WHOLE)
    return root
  }

  function isChange({ type, target, attributeName, attributeNamespace, oldValue }) {
    if (type === "characterData") return target.data !== oldValue
    return type === "childList" || target.getAttributeNS(attributeNamespace, attributeName) !== oldValue
  }

  // The Streamlit element a change belongs to: its key, or its kind and first words.
  function owner(path) {
    const keyed = path.find(node => /st-key-/.test(node.className))
    if (keyed) return keyed.className.match(/st-key-(\S+)/)[1]
    const element = path.find(node => node.dataset?.testid === "stElementContainer")
    if (!element) return path.find(node => node.dataset?.testid).dataset.testid
    const kind = element.querySelector("[data-testid]")?.dataset.testid ?? "empty"
    return `${kind} “${element.textContent.trim().slice(0, 18)}”`
  }

  function what({ type, attributeName, target, addedNodes, removedNodes }) {
    if (type === "characterData") return "text"
    if (type === "attributes") return `${target.localName}@${attributeName}`
    return `+${addedNodes.length} -${removedNodes.length} in ${target.localName}`
  }

  const note = (way, size) => clock.frames.push([performance.now() - clock.start, way, size])
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args)
      this.addEventListener("message", ({ data }) => note("in", data.byteLength))
    }
    send(data) {
      note("out", data.byteLength)
      super.send(data)
    }
  }

  // Resolves when the script has run, and for 600 ms nothing came and nothing changed.
  clock.settled = async () => {
    for (const begun = performance.now(); ; await new Promise(next => setTimeout(next, 50))) {
      const idle = document.querySelector('[data-test-script-state="notRunning"]')
      const latest = Math.max(clock.last, clock.start + (clock.frames.at(-1)?.[0] ?? Infinity))
      if (idle && performance.now() - latest > 600) break
      if (performance.now() - begun > 15000) throw Error("nothing was sent, or no end of changes")
    }
    return { total: clock.last - clock.start, frames: clock.frames, changes: clock.changes }
  }

  // The page's start → the first frame painted after `window.benchReady()` holds.
  clock.loaded = new Promise(resolve => {
    const painted = () => setTimeout(() => resolve(performance.now()))
    const watch = () => requestAnimationFrame(window.benchReady() ? painted : watch)
    watch()
  })
})()
