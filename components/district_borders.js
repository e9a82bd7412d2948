// The districts of one unit on its map of models: their borders, fetched once the map is there, and
// their names.

/** Put them on the map, none yet: `load(address)` fetches some, `leave()` wants none any more. */
function districtBorders(map) {
  const style = { className: "district" }
  const borders = L.geoJSON(null, { style, interactive: false }).addTo(map)
  const names = L.layerGroup().addTo(map)
  let wanted = null // the address of those that the map shows or waits for

  /** Show those at an address, in place of the ones before. */
  async function load(address) {
    wanted = address
    borders.clearLayers()
    names.clearLayers()
    // Without them, on a network that fails, the map still tells everything.
    const answer = await fetch(new URL(address, document.baseURI)).catch(() => null)
    const found = answer?.ok && (await answer.json())
    if (!found || wanted !== address) return
    borders.addData(found)
    borders.eachLayer(district => {
      district.getElement().setAttribute("aria-hidden", true)
      district.name = nameOf(district)
    })
    fitNames()
  }

  function nameOf(district) {
    const html = Object.assign(document.createElement("span"), {
      textContent: district.feature.properties.name,
    })
    html.setAttribute("aria-hidden", true)
    const icon = L.divIcon({ className: "district-name", iconSize: [0, 0], html })
    const { lat, lon } = district.feature.properties
    return L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(names)
  }

  /** Names only where the district is wide enough for them. */
  function fitNames() {
    borders.eachLayer(district => {
      const { _southWest: low, _northEast: high } = district.getBounds()
      const width = map.latLngToLayerPoint(high).x - map.latLngToLayerPoint(low).x
      const label = district.name?.getElement()
      label?.classList.toggle("aside", label.firstChild.offsetWidth > 0.85 * width)
    })
  }

  function leave() {
    wanted = null
  }
  return { load, fitNames, leave }
}
