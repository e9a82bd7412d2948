// What every map of the module shares: how it begins, its buttons and keys, how it enters a page
// and leaves it. The drawers come after it; components/map.py puts the other half before it:
// LEAFLET (imported), STYLE, NOTE, INSET, MAP_ID and describe(join), the script that folium
// rendered, which makes the Leaflet map and calls join(feature, layer) for every shape.

const PATTERN = `<defs><pattern id="none-reported" width="6" height="6"
  patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
  <rect width="6" height="6" fill="#f3f3f3"/><rect width="1.5" height="6" fill="#bdbdbd"/>
</pattern></defs>`
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
const STILL = { pan: false }
const TIP = { sticky: true, offset: [10, 0], opacity: 1, className: "unit-tip" }

/** Take the place and dress it: style, note, pattern, frame of the buttons. */
function begin(element, join) {
  document.getElementById(MAP_ID)?.removeAttribute("id") // of a page that is being left
  element.id = MAP_ID // folium finds its element by id
  element.setAttribute("role", "group")
  const described = describe(join)
  const style = element.appendChild(document.createElement("style"))
  style.textContent = STYLE
  described.map.attributionControl.setPosition("bottomleft").setPrefix(false).addAttribution(NOTE)
  element.querySelector("svg").insertAdjacentHTML("afterbegin", PATTERN)
  return described
}

function insetBox() {
  const control = L.control({ position: "topright" })
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "islands-inset")
    box.innerHTML = INSET
    return box
  }
  return control
}

/** The zoom buttons; the returned one, hidden at first, goes back to the overview. */
function zoomButtons(map, fit) {
  const titles = { zoomInTitle: "Phóng to", zoomOutTitle: "Thu nhỏ" }
  const bar = L.control.zoom({ position: "topright", ...titles }).addTo(map).getContainer()
  const button = L.DomUtil.create("button", "overview-button", bar)
  Object.assign(button, { type: "button", textContent: "Toàn cảnh", hidden: true })
  L.DomEvent.disableClickPropagation(button)
  button.addEventListener("click", fit)
  return button
}

/** Where a key leads from one of the keys in order; null when it leads nowhere. */
function walk(event, keys, at) {
  const step = STEPS[event.key]
  if (step) return keys.at((keys.indexOf(at) + step) % keys.length)
  return { Home: keys[0], End: keys.at(-1) }[event.key] ?? null
}

/** A tooltip: the first line bold. */
function tip(text) {
  const [first, ...rest] = text.split("\n")
  const box = document.createElement("div")
  box.append(Object.assign(document.createElement("strong"), { textContent: first }))
  rest.forEach(line => box.append(document.createElement("br"), line))
  return box
}

const DRAWERS = {} // name → what draws a map into an element; each file of one adds its own
const kept = new Map() // name of a drawer → its map that left the page, to be shown again at once

/** The map of a drawer for a place in the page, which tells when it leaves. */
export function enter(drawer, pick) {
  const drawn = kept.get(drawer) ?? blank(drawer)
  kept.delete(drawer)
  return Object.assign(drawn, { pick })
}

// Where the page's script finds it without an import, which waits its turn behind other work.
;(window.unitMaps ??= {})[import.meta.url] = enter

function blank(drawer) {
  const element = Object.assign(document.createElement("div"), { className: "unit-map" })
  const drawn = { element, show, leave }
  return drawn

  function show(data) {
    drawn.map ??= DRAWERS[drawer](element, code => drawn.pick(code))
    drawn.map.paint(data)
  }

  function leave() {
    if (!drawn.map) return // its drawing failed
    drawn.map.rest()
    kept.get(drawer)?.map.remove()
    kept.set(drawer, drawn)
  }
}
