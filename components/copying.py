"""A button that copies a text to the clipboard; Streamlit has none outside code blocks."""

from collections.abc import Callable

import streamlit as st

from data.view import View

_COPY = st.components.v2.component(
    "copy_button",
    html='<button type="button" class="copy">Sao chép</button>\n'
    '<span role="status" class="copied"></span>\n',
    css="""
/* A sentence of two lines keeps its button beside it; a phone has no room for that. */
@media (min-width: 640px) { .st-key-cau_tom_tat.st-key-cau_tom_tat { flex-wrap: nowrap; } }
.copy {
  font: inherit; font-size: 0.875rem; color: var(--st-text-color); cursor: pointer;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius); padding: 0.25rem 0.75rem; min-height: 2.5rem;
}
.copy:hover, .copy:focus-visible { border-color: var(--st-primary-color); outline: none; }
.copy:focus-visible { box-shadow: 0 0 0 2px var(--st-primary-color); }
.copied { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
""",
    js="""
// Pages served without https have no navigator.clipboard: fall back on a selected text area.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.body.appendChild(document.createElement("textarea"))
  area.value = text
  area.select()
  document.execCommand("copy")
  area.remove()
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  const status = parentElement.querySelector("span")
  const label = "Sao chép"
  button.onclick = async () => {
    await copy(data.text)
    button.textContent = status.textContent = "Đã chép"
    setTimeout(() => { button.textContent = label; status.textContent = "" }, 2000)
  }
}
""",
    isolate_styles=False,  # one rule is for the row that the button stands in
)


def copy_button(text: str, key: str) -> None:
    """A button that copies `text` and says so."""
    _COPY(key=key, data={"text": text}, width="content")


def said(
    view: View, sentence: str, mark: str = "", *, draw: Callable[[], object] | None = None
) -> None:
    """A page's sentence, and beside it the button that copies it, but for a shared screen.

    `mark` is Markdown behind the sentence; `draw` draws it otherwise.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="cau_tom_tat"):
        if draw:
            draw()
        else:
            st.markdown(f"{sentence} {mark}", width="stretch")
        if not view.presenting:
            copy_button(sentence, key="sao_chep")
