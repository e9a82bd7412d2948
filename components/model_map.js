// The map of one unit's models, after the map of the units, whose shapes and helpers it uses:
// the unit tinted among pale neighbours, the borders of its districts (district_borders.js), a
// point for each model.

const RADIUS = 6
const TRIES = 60 // places looked at before a point stays over another
const AROUND = 2 // times the unit's size on each side: the neighbours that a frame may show
const TURN = 2.399963 // the golden angle: points that go round it never line up
const PART = 0.125 // of the largest part's extent: smaller parts of a unit are its islands
const extent = ({ _southWest: low, _northEast: high }) => (high.lng - low.lng) * (high.lat - low.lat)

DRAWERS.drawModels = drawModels

/** Draw the map into `element`; `pick(id)` is told of a click, Enter or Space on a model. */
function drawModels(element, pick) {
  element.classList.add("models")
  const units = new Map()
  const groups = []
  const markers = new Map() // id → marker, those to look at first in front
  let view = { points: [] }
  let overview = true
  let fitting = false

  const { map } = begin(element, (feature, layer) => {
    if (feature.properties.unit) groups.push(layer)
    else units.set(feature.id, layer)
  })
  map.setMaxZoom(13)
  map.createPane("points").style.zIndex = 620 // above the names
  const hide = layer => layer.getElement().setAttribute("aria-hidden", true)
  ;[...units.values(), ...groups].forEach(hide)
  const districts = districtBorders(map)
  const layer = L.featureGroup().addTo(map)
  const inset = insetBox()
  const reset = zoomButtons(map, fit)

  /** Show a unit and its models; the same ones keep their nodes. */
  function paint(next) {
    const before = view
    view = next
    element.setAttribute("aria-label", view.alt)
    element.classList.toggle("presenting", Boolean(view.presenting))
    const drawn = ({ points, presenting }) => JSON.stringify([points, Boolean(presenting)])
    if (drawn(before) !== drawn(view)) replacePoints()
    const another = before.code !== view.code
    if (another) showUnit()
    if (!map.getSize().x) map.invalidateSize(STILL) // back on the page; fits by itself
    else if (another || overview) fit()
    else redraw()
  }

  function showUnit() {
    const own = units.get(view.code)
    const near = own.getBounds().pad(AROUND)
    // A shape out of sight costs as much at each zoom as one in sight.
    units.forEach(unit => near.intersects(unit.getBounds()) || unit.remove())
    bring(near)
    units.forEach(unit => unit.getElement()?.classList.toggle("here", unit === own))
    own.bringToFront()
    placeInset()
    districts.load(view.districts)
  }

  /** Put the units within some bounds on the map. */
  function bring(bounds) {
    units.forEach(unit => {
      if (!map.hasLayer(unit) && bounds.intersects(unit.getBounds())) hide(unit.addTo(map).bringToBack())
    })
  }

  /** The island groups of the unit are far from its shore: they stand in a corner. */
  function placeInset() {
    const own = groups.map(group => group.feature.properties.unit === view.code)
    if (!own.includes(true)) return inset.remove()
    inset.addTo(map)
    const figures = inset.getContainer().querySelectorAll("figure")
    figures.forEach((figure, place) => (figure.hidden = !own[place]))
  }

  function replacePoints() {
    layer.clearLayers()
    markers.clear()
    view.points.forEach(point => markers.set(point[0], markerOf(point)))
    // The last one drawn lies on top.
    ;[...markers.values()].reverse().forEach(prepare)
    // One for all, bound after they were added: so Leaflet also opens it on focus.
    layer.unbindTooltip().bindTooltip(marker => tip(marker.label), { ...TIP, sticky: false })
    roam(markers.keys().next().value)
  }

  function markerOf([id, lon, lat, word, name, told]) {
    const [label, colour] = view.words[word]
    const marker = L.circleMarker([lat, lon], {
      pane: "points",
      className: colour ? "model-point" : "model-point hollow",
      radius: view.presenting ? 1.5 * RADIUS : RADIUS,
      weight: 1,
      fillColor: colour || "#ffffff",
      fillOpacity: 1,
    })
    return Object.assign(marker, { id, place: marker.getLatLng(), label: `${name}\n${told}\n${label}` })
  }

  function prepare(marker) {
    const path = marker.addTo(layer).getElement()
    path.dataset.model = marker.id
    path.setAttribute("role", "button")
    path.setAttribute("aria-label", marker.label.replaceAll("\n", "; "))
    path.addEventListener("mousedown", event => event.preventDefault())
    path.addEventListener("keydown", event => onKey(event, marker.id))
    path.addEventListener("focus", () => onFocus(marker, path))
    marker.on("click", () => pick(marker.id))
  }

  function onFocus(marker, path) {
    if (overview || !path.matches(":focus-visible")) return
    map.panInside(marker.getLatLng(), { padding: [40, 40], animate: false })
  }

  function onKey(event, id) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key in STEPS && view.presenting) return // there the arrows are the page's
    const next = walk(event, [...markers.keys()], id)
    if (next) {
      roam(next)
      markers.get(next).getElement().focus()
    } else if (event.key === "Enter" || event.key === " ") pick(id)
    else if (event.key === "Escape" && layer.isTooltipOpen()) layer.closeTooltip()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Roving tabindex: one model is the map's only tab stop. */
  function roam(id) {
    markers.forEach((marker, each) => {
      marker.getElement().setAttribute("tabindex", each === id ? 0 : -1)
    })
  }

  /** Move points off those placed before them, the same way each time, so that all can be hit. */
  function spread() {
    const cell = 1.6 * (view.presenting ? 1.5 * RADIUS : RADIUS)
    const taken = new Map()
    const near = ({ x, y }) => {
      const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)]
      for (let i = column - 1; i <= column + 1; i++)
        for (let j = row - 1; j <= row + 1; j++)
          if (taken.get(`${i} ${j}`)?.some(p => Math.hypot(p.x - x, p.y - y) < cell)) return true
      return false
    }
    markers.forEach(marker => {
      const home = map.latLngToLayerPoint(marker.place)
      let at = home
      for (let i = 1; i < TRIES && near(at); i++) {
        const away = 0.6 * cell * Math.sqrt(i)
        at = home.add([away * Math.cos(i * TURN), away * Math.sin(i * TURN)])
      }
      const key = `${Math.floor(at.x / cell)} ${Math.floor(at.y / cell)}`
      taken.set(key, [...(taken.get(key) ?? []), at])
      marker.setLatLng(map.layerPointToLatLng(at))
    })
  }

  /** The unit's large parts and all its models, as large as the frame allows. */
  function fit() {
    const size = map.getSize()
    if (!size.x || !size.y || !units.has(view.code)) return
    const parts = units.get(view.code).getLatLngs().map(part => L.latLngBounds(part)) // largest first
    const all = L.latLngBounds(parts.filter(part => extent(part) > PART * extent(parts[0])))
    markers.forEach(marker => all.extend(marker.place))
    const note = map.attributionControl.getContainer().offsetHeight
    const corner = inset.getContainer()?.isConnected ? inset.getContainer() : reset.parentElement
    fitting = true
    map.options.zoomSnap = 0
    map.options.minZoom = 0
    map.fitBounds(all, {
      paddingTopLeft: [16, 16],
      paddingBottomRight: [16 + corner.offsetWidth, 8 + note],
      animate: false,
    })
    map.options.zoomSnap = 0.25
    map.setMinZoom(map.getZoom())
    fitting = false
    setOverview(true)
    redraw()
  }

  function setOverview(yes) {
    overview = reset.hidden = yes
    if (yes || L.Browser.mobile) map.dragging.disable() // one finger scrolls the page
    else map.dragging.enable()
  }

  function redraw() {
    spread()
    districts.fitNames()
  }

  map.on("zoomend", () => {
    if (fitting) return
    if (map.getZoom() === map.getMinZoom()) return fit()
    setOverview(false)
    redraw()
  })
  map.on("moveend", () => bring(map.getBounds()))
  map.on("resize", () => overview && fit())
  const watcher = new ResizeObserver(() => map.invalidateSize(STILL))
  watcher.observe(element)

  /** Out of the page: it comes back as an overview. */
  function rest() {
    overview = true
    layer.closeTooltip()
    map.invalidateSize(STILL)
  }

  function remove() {
    districts.leave()
    watcher.disconnect()
    map.remove()
    element.replaceChildren()
    element.classList.remove("models")
  }
  return { paint, rest, remove }
}
