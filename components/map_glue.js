// The component's own script travels with every rerun, so it only fetches the map's module,
// hands it what changed, and clears up. One `mount` per place in the page.
const mounts = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const mount = mounts.get(parentElement) ?? {}
  mounts.set(parentElement, mount)
  mount.data = data
  mount.pick = code => setTriggerValue("pick", code)
  if (mount.url === data.url) mount.map?.paint(data)
  else show(mount, parentElement.querySelector(".unit-map"))
  return () => {
    mount.map?.remove()
    mount.url = null
    mounts.delete(parentElement)
  }
}

async function show(mount, place) {
  const url = (mount.url = mount.data.url)
  const module = await import(new URL(url, document.baseURI))
  if (mount.url !== url) return // other units were asked for meanwhile, or the page was left
  mount.map?.remove()
  mount.map = module[mount.data.draws ?? "draw"](place, code => mount.pick(code))
  mount.map.paint(mount.data)
}
