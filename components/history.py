"""The snapshot in force: where its figures come from, and those before it."""

import pandas as pd
import streamlit as st

from components import wording
from data import formats, readers
from data.snapshots import Snapshot


def history(snapshot: Snapshot, *, key: str) -> None:
    """The snapshot in force and the others of the place, in a box that is filled when opened."""
    box = st.expander("Bản số liệu đang dùng, nguồn và các bản trước", on_change="rerun", key=key)
    if not box.open:
        return
    manifest = snapshot.manifest
    with box:
        kind = wording.ILLUSTRATIVE if manifest.illustrative else "Số liệu chính thức"
        st.markdown(
            f"**{snapshot.id}** · {kind} · kỳ mới nhất {formats.quarter(manifest.period)} · lập "
            f"ngày {formats.day(manifest.made_at)} bằng `{manifest.made_by}`"
        )
        st.markdown("\n".join(f"- {source}" for source in manifest.sources))
        files = pd.DataFrame(
            [
                {
                    "Tệp": name,
                    "Số dòng": formats.number(facts.rows),
                    "Dung lượng (kB)": formats.number(facts.bytes / 1000, 1),
                    "SHA-256": facts.sha256[:12],
                }
                for name, facts in manifest.files.items()
            ]
        )
        st.table(files, hide_index=True, alt="Các tệp của bản số liệu")
        st.table(_others(snapshot), hide_index=True, alt="Các bản số liệu đã công bố")


def _others(current: Snapshot) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Bản": one.id,
                "Kỳ": formats.quarter(one.manifest.period),
                "Loại": "minh họa" if one.manifest.illustrative else "chính thức",
                "Lập ngày": formats.day(one.manifest.made_at),
                "Trạng thái": "đang dùng" if one.id == current.id else "trước đó",
            }
            for one in readers.published()
        ]
    )
