// The component's own script travels with every rerun, and is a new one for each place in a page:
// it only fetches the map's module, hands it what changed, and clears up.
const mounts = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const mount = mounts.get(parentElement) ?? { element: parentElement.querySelector(".unit-map") }
  mounts.set(parentElement, mount)
  mount.data = data
  mount.pick = code => setTriggerValue("pick", code)
  if (mount.url === data.url) mount.drawn?.map.paint(data)
  else show(mount)
  return () => {
    mount.element.remove()
    mount.drawn?.leave()
    mount.url = null
    mounts.delete(parentElement)
  }
}

async function show(mount) {
  const url = (mount.url = mount.data.url)
  const address = new URL(url, document.baseURI).href
  const enter = window.unitMaps?.[address] ?? (await import(address)).enter
  if (mount.url !== url) return // other units were asked for meanwhile, or the page was left
  const drawn = enter(mount.data.draws ?? "draw", code => mount.pick(code))
  mount.element.replaceWith(drawn.element)
  mount.drawn?.leave()
  Object.assign(mount, { drawn, element: drawn.element })
  drawn.show(mount.data)
}
