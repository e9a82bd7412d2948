"""Draws every page at three sizes into build/shots/, for people to look at."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.serving import ROOT, browsing, serving
from tests.browser.visits import HALL, LAPTOP, PHONE, Visit

FOLDER = ROOT / "build" / "shots"
PAGES = {
    "tong-quan": ("/", 63),
    "tong-quan-ben-tre": ("/?tinh=ben-tre&ky=2024Q3", 63),
    "tong-quan-34": ("/?don_vi=34", 34),
    "tien-do": ("/tien-do?ky=2024Q3", 0),
    "tien-do-mot-mo-hinh": ("/tien-do?ky=2024Q3&mo_hinh=38-2022-011", 0),
    "ngan-sach": ("/ngan-sach?ky=2024Q3", 0),
    "ly-do-tinh": ("/ngan-sach?tinh=tien-giang", 0),
    "bao-cao": ("/bao-cao", 0),
    "bao-cao-ben-tre": ("/bao-cao?tinh=ben-tre", 0),
    "huong-dan": ("/huong-dan", 0),
}
PRESENTING = {
    "trinh-chieu": ("/?trinh_chieu=1", 63),
    "trinh-chieu-ben-tre": ("/?tinh=ben-tre&trinh_chieu=1", 63),
}
# The page scrolls inside a box: a window as tall as what is in it shows it all.
HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving(SINHKE_EXTRACTS="") as url, browsing() as browser:
        for size in (LAPTOP, HALL, PHONE):
            for name, (query, shapes) in (PAGES | (PRESENTING if size is HALL else {})).items():
                print(draw(browser, url, query, shapes, size, name).relative_to(ROOT))


def draw(
    browser: Browser, url: str, query: str, shapes: int, size: dict[str, int], name: str
) -> Path:
    """One page twice: as it opens, and `-full` in the whole of its length."""
    context = browser.new_context(viewport=size, is_mobile=size is PHONE, has_touch=size is PHONE)
    visit = Visit(context, url).goto(query, shapes=shapes)
    expect(visit.page.get_by_text("Số liệu đến ngày").last).to_be_attached()
    visit.page.wait_for_timeout(1_000)  # charts grow into their place
    path = FOLDER / f"{name}-{size['width']}x{size['height']}.png"
    visit.page.screenshot(path=path)
    visit.page.set_viewport_size({**size, "height": visit.page.evaluate(HEIGHT)})
    visit.page.wait_for_timeout(500)
    visit.page.screenshot(path=path.with_stem(f"{path.stem}-full"))
    context.close()
    return path


if __name__ == "__main__":
    main()
