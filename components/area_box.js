// An ARIA 1.2 combobox with a list. OPTIONS (rows: value, name, folded search keys, note) and
// STYLE stand above: area_box.py writes them there.

const TEMPLATE = `
<style>${STYLE}</style>
<label for="input"></label>
<div class="control">
  <input id="input" role="combobox" aria-autocomplete="list" aria-controls="list"
    aria-expanded="false" autocomplete="off" autocapitalize="off" spellcheck="false">
  <button class="clear" type="button" tabindex="-1" aria-label="Về cả nước">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M18.3 7.1 16.9 5.7 12 10.6 7.1 5.7 5.7
      7.1 10.6 12 5.7 16.9 7.1 18.3 12 13.4 16.9 18.3 18.3 16.9 13.4 12z"/></svg>
  </button>
  <svg class="open" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M7.4 8.6 12 13.2 16.6 8.6 18 10 12 16 6 10z"/></svg>
</div>
<div class="popup" popover="manual" hidden>
  <ul id="list" role="listbox" aria-label="Các vùng, tỉnh, thành phố"></ul>
  <div role="status"></div>
</div>`;

const boxes = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!boxes.has(parentElement)) {
    boxes.set(parentElement, new AreaBox(parentElement.querySelector(".area")));
  }
  const box = boxes.get(parentElement);
  box.update(data, (value) => setTriggerValue("chosen", value));
  return () => box.close();
}

// The same as fold() of data/text.py.
export function fold(text) {
  const letters = text.toLowerCase().normalize("NFKD").replace(/đ/g, "d").replace(/\p{M}/gu, "");
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// How well a row answers a folded query, 0 best, undefined not at all; provinces before the rest.
function rank([value, , keys], query) {
  const tests = [
    () => keys.includes(query),
    () => keys[0].startsWith(query),
    () => keys.some((key) => key.startsWith(query)),
    () => keys.some((key) => key.includes(` ${query}`)),
    () => keys.some((key) => key.includes(query)),
  ];
  const level = tests.findIndex((test) => test());
  return level < 0 ? undefined : 2 * level + (value.startsWith("tinh:") ? 0 : 1);
}

function search(rows, query) {
  const ranked = rows.map((row) => [rank(row, query), row]).filter(([r]) => r !== undefined);
  return ranked.sort(([a], [b]) => a - b).map(([, row]) => row);
}

// “tỉnh Bến Tre” is Bến Tre, but “vũng tàu” is not the region “tàu”: cut only when nothing is found.
function matches(rows, query) {
  const found = search(rows, query);
  const bare = query.replace(/^(tinh|thanh pho|tp|vung) /, "");
  return found.length || bare === query ? found : search(rows, bare);
}

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

class AreaBox {
  constructor(root) {
    root.innerHTML = TEMPLATE;
    const find = (selector) => root.querySelector(selector);
    [this.label, this.control, this.input] = ["label", ".control", "input"].map(find);
    [this.clear, this.popup, this.list] = [".clear", ".popup", "#list"].map(find);
    [this.status, this.arrow] = ["[role=status]", ".open"].map(find);
    this.listen();
  }

  listen() {
    this.input.onfocus = () => this.input.select();
    this.input.onblur = () => this.close();
    this.input.oninput = () => this.open(true);
    this.input.onkeydown = (event) => this.onKey(event);
    this.control.onclick = (event) => this.onClick(event);
    // The focus stays in the input, whatever is pressed around it.
    this.control.onmousedown = this.popup.onmousedown = (event) => {
      if (event.target !== this.input) event.preventDefault();
    };
    this.popup.onclick = (event) => this.pick(this.rowAt(event));
    this.popup.onpointermove = (event) => this.activate(this.shown.indexOf(this.rowAt(event)));
  }

  // The server's word: a value, and which units there are. What is being typed stays.
  update({ label, value, units }, send) {
    const sameUnits = units === this.units;
    Object.assign(this, { value, units, send });
    if (this.label.textContent !== label) this.label.textContent = label;
    this.rows = [...OPTIONS.country, ...OPTIONS.regions, ...OPTIONS[units]];
    if (!this.typed) this.write(value);
    if (this.isOpen && !sameUnits) this.open(this.typed);
  }

  write(value) {
    const [known, name] = this.rows.find((row) => row[0] === value) ?? this.rows[0];
    this.clear.hidden = known === "";
    this.input.value = name;
    if (this.input.matches(":focus")) this.input.select();
  }

  get isOpen() {
    return !this.popup.hidden;
  }

  open(typed) {
    this.typed = typed;
    const query = typed ? fold(this.input.value) : "";
    this.shown = query ? matches(this.rows, query) : this.rows;
    this.draw(query !== "");
    this.popup.hidden = false;
    this.popup.togglePopover?.(true);
    this.place();
    const current = this.rows.findIndex((row) => row[0] === this.value);
    this.activate(typed ? 0 : Math.max(current, 0), true);
    this.following ??= this.follow();
  }

  close() {
    if (!this.isOpen) return;
    this.popup.togglePopover?.(false);
    this.popup.hidden = true;
    this.following.abort();
    this.following = this.typed = undefined;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.write(this.value);
  }

  draw(found) {
    const options = this.shown.map(([, name, , note], i) => {
      const hint = found && note ? [element("span", { class: "note" }, ` · ${note}`)] : [];
      const text = element("div", { class: "name" }, name, ...hint);
      return element("li", { id: `option-${i}`, role: "option", "aria-selected": "false" }, text);
    });
    this.list.replaceChildren(...(found ? options : this.group(options)));
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    const nothing = element("p", { class: "nothing" }, "Không thấy địa bàn nào tên như vậy");
    if (!options.length) this.input.removeAttribute("aria-activedescendant");
    this.status.replaceChildren(...(options.length ? [] : [nothing]));
  }

  group([country, ...rest]) {
    const count = OPTIONS.regions.length;
    const parts = { Vùng: rest.slice(0, count), "Tỉnh, thành phố": rest.slice(count) };
    const groups = Object.entries(parts).map(([name, options]) => {
      const heading = element("li", { class: "heading", "aria-hidden": "true" }, name);
      return element("ul", { role: "group", "aria-label": name }, heading, ...options);
    });
    return [country, ...groups];
  }

  activate(index, scroll) {
    if (!this.shown[index]) return;
    this.active = index;
    this.list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    const option = this.list.querySelector(`#option-${index}`);
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  rowAt(event) {
    const option = event.target.closest("[role=option]");
    return option ? this.shown[option.id.slice("option-".length)] : undefined;
  }

  pick(row) {
    if (!row) return;
    const changed = row[0] !== this.value;
    this.value = row[0];
    this.close();
    this.write(this.value);
    if (changed) this.send(this.value);
  }

  onClick({ target }) {
    if (this.clear.contains(target)) return this.pick(this.rows[0]);
    if (this.arrow.contains(target) && this.isOpen) return this.close();
    if (this.isOpen) return;
    this.input.focus();
    this.input.select();
    this.open(false);
  }

  onKey(event) {
    // An input method is at work: its keys are not ours.
    if (event.isComposing || event.keyCode === 229) return;
    const move = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const leaving = event.key === "Tab" || (event.key === "Escape" && !this.isOpen);
    // The page's own keys (Streamlit's shortcuts, the presenter's arrows) do not see these.
    if (!leaving && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
    if (this.isOpen && event.key === "Enter") this.pick(this.shown[this.active]);
    else if (this.isOpen && event.key === "Escape") this.close();
    else if (move && this.isOpen && !event.shiftKey) this.step(move);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.open(false);
    else return;
    event.preventDefault();
  }

  step(move) {
    const last = this.shown.length - 1;
    const wrapped = { [-1]: last, [last + 1]: 0 }[this.active + move];
    this.activate(wrapped ?? Math.min(Math.max(this.active + move, 0), last), true);
  }

  // Below the control, or above it where there is more room; never out of the window.
  place() {
    const box = this.control.getBoundingClientRect();
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const [gap, wide, high] = [rem / 4, document.documentElement.clientWidth, window.innerHeight];
    const below = (window.visualViewport?.height ?? high) - box.bottom - 2 * gap;
    const above = box.top - 2 * gap;
    const up = below < 10 * rem && above > below;
    const width = Math.min(Math.max(box.width, 18 * rem), wide - 2 * gap);
    Object.assign(this.popup.style, {
      width: `${width}px`,
      left: `${Math.max(gap, Math.min(box.left, wide - width - gap))}px`,
      top: up ? "auto" : `${box.bottom + gap}px`,
      bottom: up ? `${high - box.top + gap}px` : "auto",
      maxHeight: `${Math.min(18.75 * rem, up ? above : below)}px`,
    });
  }

  follow() {
    const following = new AbortController();
    const options = { capture: true, passive: true, signal: following.signal };
    for (const target of [window, window.visualViewport ?? window]) {
      target.addEventListener("scroll", () => this.place(), options);
      target.addEventListener("resize", () => this.place(), options);
    }
    return following;
  }
}
