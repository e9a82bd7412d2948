// The map of the country, after what every map shares: one shape for each unit in the colour of its
// figure, the islands in their place or in the inset.

// Below this loss of zoom (0.25 = 16% of the height) the islands are drawn where they are.
const TRUE_PLACE_COST = 0.25

DRAWERS.draw = draw

/** Draw the map once into `element`; `pick(code)` is told of a click, Enter or Space. */
export function draw(element, pick) {
  const units = new Map() // code → layer, in the official order
  const groups = []
  let view = { fills: {}, labels: {}, selected: null }
  let overview = true // false once the viewer has zoomed

  const { map, shapes, islands } = begin(element, (feature, layer) => {
    if (feature.properties.unit) groups.push(layer)
    else units.set(feature.id, layer)
  })
  const chosen = ring("chosen")
  const focused = ring("focused")
  const inset = insetBox()
  const reset = zoomButtons(map, fit)
  units.forEach(prepareUnit)
  groups.forEach(prepareIslands)
  const tips = [shapes, islands].map(layers => layers.bindTooltip(tipOf, TIP).getTooltip())

  function ring(className) {
    const options = { className, interactive: false, fill: false, smoothFactor: 0.4, noClip: true }
    return L.polygon([], options).addTo(map)
  }

  function prepareUnit(layer, code) {
    const path = layer.getElement()
    path.dataset.code = code
    path.setAttribute("role", "button")
    path.setAttribute("tabindex", -1)
    // Focus comes with the click: on mouse down it would move the tooltip off the pointer.
    path.addEventListener("mousedown", event => event.preventDefault())
    path.addEventListener("keydown", event => onKey(event, code))
    path.addEventListener("focus", () => onFocus(layer, path))
    path.addEventListener("blur", () => focused.setLatLngs([]))
    layer.on("click", event => {
      roam(code)
      path.focus({ preventScroll: true })
      layer.openTooltip(event.latlng)
      pick(code)
    })
  }

  function prepareIslands(layer) {
    const { name, unit } = layer.feature.properties
    const path = layer.getElement()
    path.setAttribute("role", "img")
    path.setAttribute("aria-label", `Quần đảo ${name}`)
    layer.on("click", () => pick(unit))
    const html = `<span aria-hidden="true">${name.replace(" (", "<br>(")}</span>`
    const icon = L.divIcon({ className: "islands-name", iconSize: [0, 0], html })
    const above = [layer.getBounds().getNorth(), layer.getBounds().getCenter().lng]
    layer.name = L.marker(above, { icon, interactive: false, keyboard: false }).addTo(map)
  }

  function onFocus(layer, path) {
    if (!path.matches(":focus-visible")) return
    focused.setLatLngs(layer.getLatLngs())
    if (!overview) map.panInside(layer.getCenter(), { padding: [40, 40], animate: false })
  }

  function onKey(event, code) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    // There the arrows are the page's: previous, next province.
    if (event.key in STEPS && view.presenting) return
    const next = walk(event, [...units.keys()], code)
    if (next) move(next)
    else if (event.key === "Enter" || event.key === " ") pick(code)
    else if (event.key === "Escape" && tips[0].isOpen()) shapes.closeTooltip()
    else return
    event.preventDefault()
    event.stopPropagation() // the page has arrow keys of its own
  }

  function move(code) {
    roam(code)
    units.get(code).getElement().focus()
  }

  /** Roving tabindex: one province is the map's only tab stop. */
  function roam(code) {
    units.forEach((layer, each) => {
      layer.getElement().setAttribute("tabindex", each === code ? 0 : -1)
    })
  }

  function tipOf(layer) {
    const code = layer.feature.properties.unit ?? layer.feature.id
    return tip(view.labels[code] ?? "")
  }

  /** Show fills, labels, selection; the nodes stay the same. */
  function paint(next) {
    view = next
    element.setAttribute("aria-label", view.alt)
    element.classList.toggle("presenting", Boolean(view.presenting))
    if (!map.getSize().x) map.invalidateSize(STILL)
    units.forEach((layer, code) => {
      const path = layer.getElement()
      fill(layer, code)
      path.setAttribute("aria-label", (view.labels[code] ?? "").replaceAll("\n", ": "))
      path.setAttribute("aria-pressed", code === view.selected)
    })
    groups.forEach(layer => fill(layer, layer.feature.properties.unit))
    chosen.setLatLngs(units.get(view.selected)?.getLatLngs() ?? [])
    if (!element.contains(document.activeElement)) {
      roam(units.has(view.selected) ? view.selected : units.keys().next().value)
    }
    tips.forEach(tip => tip.update())
  }

  function fill(layer, code) {
    const value = view.fills[code] ?? "none-reported"
    layer.setStyle({ fillColor: value === "none-reported" ? "url(#none-reported)" : value })
  }

  /** The whole country, as large as the frame allows, the islands in place or in the inset. */
  function fit() {
    const size = map.getSize()
    if (!size.x || !size.y) return
    const mainland = shapes.getBounds()
    const all = L.latLngBounds(mainland.getSouthWest(), mainland.getNorthEast())
    groups.forEach(layer => all.extend(layer.getBounds()))
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const note = map.attributionControl.getContainer().offsetHeight
    map.options.zoomSnap = 0 // the buttons go in steps, the overview fills the frame
    map.options.minZoom = 0
    const edges = L.point(1.5 * rem, rem + note)
    const loss = map.getBoundsZoom(mainland, false, edges) - map.getBoundsZoom(all, false, edges)
    const aside = loss > TRUE_PLACE_COST
    map.fitBounds(aside ? mainland : all, {
      paddingTopLeft: [0.5 * rem, 0.5 * rem],
      paddingBottomRight: [aside ? 3 * rem : rem, 0.5 * rem + note],
      animate: false,
    })
    map.options.zoomSnap = 0.25
    map.setMinZoom(map.getZoom())
    placeIslands(aside)
    setOverview(true)
  }

  function setOverview(yes) {
    overview = reset.hidden = yes
    if (yes || L.Browser.mobile) map.dragging.disable() // one finger scrolls the page
    else map.dragging.enable()
  }

  function placeIslands(aside) {
    groups.forEach(layer => {
      layer.getElement().classList.toggle("aside", aside)
      layer.name.getElement().classList.toggle("aside", aside)
    })
    if (aside) inset.addTo(map)
    else inset.remove()
  }

  fit()
  map.on("zoomend", () => {
    if (map.getZoom() > map.getMinZoom()) setOverview(false)
    else if (!overview) fit()
  })
  map.on("resize", () => overview && fit())
  const watcher = new ResizeObserver(() => map.invalidateSize(STILL))
  watcher.observe(element)

  /** Out of the page: it comes back as an overview. */
  function rest() {
    overview = true
    ;[shapes, islands].forEach(layers => layers.closeTooltip())
    focused.setLatLngs([])
    map.invalidateSize(STILL)
  }

  function remove() {
    watcher.disconnect()
    map.remove()
    element.replaceChildren()
  }
  return { paint, rest, remove }
}
