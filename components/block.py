"""A block of our own HTML whose marked elements can be picked by click or keyboard.

Each Streamlit element costs several milliseconds of React on every rerun, a Vega chart thirty or
more, and the bars of a chart cannot be reached from the keyboard. What a viewer reads and
picks from (cards and ranking, the provinces that need attention) is therefore a block of HTML.
"""

from collections.abc import Callable

import streamlit as st

_BLOCK = st.components.v2.component(
    "pickable_block",
    html='<style></style><div class="block"></div>\n',
    css="""
.block { font-family: var(--st-font); color: var(--st-text-color); font-size: 1rem; }
button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
h2 { font-size: 1.25rem; font-weight: 600; margin: 0.25rem 0 0.5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(max(10rem, 30%), 1fr));
  gap: 0.75rem; }
.cards > div { position: relative; padding: 0.55rem 0.9rem;
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
.cards p { margin: 0; font-size: 0.9rem; }
.cards p:first-child { padding-right: 1.1rem; }
.cards p.value { font-size: 1.35rem; font-weight: 500; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.cards p.note { font-size: 0.875rem; min-height: 1.3em; font-variant-numeric: tabular-nums; }
.cards img { width: 3em; height: 1em; vertical-align: -0.1em; margin-left: 0.3em; }
.switch { display: flex; margin: 0.9rem 0 0.6rem; font-size: 0.875rem; }
.switch button { border: 1px solid var(--st-border-color); padding: 0.25rem 0.8rem; }
.switch button + button { border-left: 0; }
.switch [aria-pressed="true"] { color: var(--st-primary-color); font-weight: 600;
  box-shadow: inset 0 0 0 1px var(--st-primary-color); }
.bars { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.5rem; }
.bars button { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1;
  align-items: center; text-align: left; font-size: 0.875rem; line-height: 1.2; }
.bars button:hover .bar i { filter: brightness(0.9); }
.bars [aria-current] { font-weight: 600; }
.name { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: flex; align-items: center; gap: 0.3rem; font-variant-numeric: tabular-nums; }
.bar i { height: 0.75rem; border-radius: 0 2px 2px 0; background: #8fb8d3; flex: none; }
.bars .bar i.less { background: #d8a55d; }
.bars [aria-current] .bar i { background: var(--st-primary-color); }
.bars .beside .bar i { background: #9aa5b1; }
.bars .beside { cursor: default; font-style: italic; }
.list { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
  gap: 0.6rem 1.5rem; margin: 0; padding: 0; list-style: none; }
.list button { font-weight: 600; color: var(--st-link-color); }
.list p { margin: 0.1rem 0 0; font-size: 0.875rem; }
.why { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr));
  gap: 1rem 2rem; align-items: start; }
.why.models { grid-template-columns: repeat(auto-fill, minmax(min(27rem, 100%), 1fr)); }
.why h3 { font-size: 1rem; font-weight: 600; margin: 0 0 0.15rem; }
.why ul { margin: 0.3rem 0; padding: 0; list-style: none; }
.why li { padding: 0.1rem 0; font-variant-numeric: tabular-nums; }
.why p, .why summary { margin: 0; font-size: 0.875rem; }
.why summary { cursor: pointer; }
.why .limit { color: #4a5766; }
.why button, .reasons button { color: var(--st-link-color); text-align: left; }
.why button:hover, .reasons button:hover { text-decoration: underline; }
.reasons { margin: 0; padding: 0; list-style: none; }
.reasons li { margin-bottom: 0.4rem; }
.reasons span { color: #4a5766; font-size: 0.875rem; }
.cards .ask { position: absolute; top: 0.15rem; right: 0.15rem; width: 1.75rem; height: 1.75rem;
  color: #4a5766; font: italic 600 0.9rem/1 Georgia, serif; }
.cards .ask::before { content: ""; position: absolute; inset: 0.3rem; border-radius: 50%;
  border: 1px solid #8a96a3; }
.cards .ask:hover { color: var(--st-primary-color); }
.asked { max-width: min(40rem, 80vw); max-height: 80vh; overflow: auto; padding: 1rem 1.5rem;
  color: inherit; background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  box-shadow: 0 4px 24px #0003; }
.asked ul { margin: 0 0 0.75rem; padding-left: 1.1rem; }
.asked li { margin-bottom: 0.5rem; }
.asked > button { border: 1px solid var(--st-border-color); padding: 0.25rem 0.8rem;
  border-radius: var(--st-base-radius); }
""",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const block = parentElement.querySelector(".block")
  const style = block.previousElementSibling
  if (style.textContent !== data.style) style.textContent = data.style
  if (block.dataset.shown !== data.html) {
    // A picked button keeps the focus when its list is drawn again.
    const held = block.getRootNode().activeElement?.dataset.pick
    block.innerHTML = block.dataset.shown = data.html
    if (held) block.querySelector(`[data-pick="${held}"]`)?.focus({ preventScroll: true })
  }
  if (data.current !== null) {
    const before = block.querySelector("[data-pick][aria-current]")
    const now = block.querySelector(`[data-pick="${data.current}"]`)
    if (before !== now) before?.removeAttribute("aria-current")
    now?.setAttribute("aria-current", "true")
  }
  // Esc closes what a card has opened, and nothing of the page behind it.
  block.onkeydown = event => {
    if (event.key === "Escape" && block.querySelector(":popover-open")) event.stopPropagation()
  }
  block.onclick = event => {
    const picked = event.target.closest("[data-pick]")
    if (picked) setTriggerValue("pick", picked.dataset.pick)
  }
}
""",
)


def block(
    html: str,
    on_pick: Callable[[str], None],
    *,
    key: str,
    current: str | None = None,
    style: str = "",
) -> None:
    """Draw `html`; an element with `data-pick="…"` calls `on_pick` with that value.

    The caller escapes every text in `html`. `current` is the value whose element is marked as
    the chosen one (`""`: none), `style` are rules of CSS that change with the view: so a large
    block is not drawn anew for either.
    """
    _BLOCK(
        key=key,
        data={"html": html, "current": current, "style": style},
        on_pick_change=lambda: on_pick(str(st.session_state[key].pick)),
    )
