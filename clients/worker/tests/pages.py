"""Every page in every mode against the pretend server: pictures to look at, axe, errors, jumps of the layout.

npm run build && npm run dev:mock &
../../.venv/bin/python tests/pages.py OUT_FOLDER [name ...]
"""

import json
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

HERE = Path(__file__).resolve().parent.parent
BASE = "http://127.0.0.1:5180"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
AXE = (HERE / "node_modules/axe-core/axe.min.js").read_text()
WATCH = """
window.__jump = 0;
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) window.__jump += e.value }))
  .observe({type: 'layout-shift', buffered: true});
"""
ACTIVITY = "00000000-0000-4000-9000-00000000000"
PERSON = "00000000-0000-4000-8000-00000000000"

# name: (scene, address, what to press before looking)
PAGES: dict[str, tuple[str, str, list[str]]] = {
    "welcome": ("out", "/", []),
    "sign-in": ("out", "/sign-in", []),
    "sign-in-wrong": ("out", "/sign-in", ["send-code"]),
    "code": ("out", "/sign-in", ["phone=13800001234", "send-code"]),
    "bind": ("out", "/bind?ticket=t", []),
    "bridge-old": ("out", "/bridge?ticket=old", []),
    "me-out": ("out", "/me", []),
    "home": ("verified", "/", []),
    "home-new": ("new", "/", []),
    "inbox": ("verified", "/inbox", []),
    "steps": ("verified", "/verify", []),
    "steps-new": ("new", "/verify", []),
    "person": ("new", "/verify/person", []),
    "face": ("new", "/verify/face", []),
    "face-wrong": ("new", "/verify/face", ["start-face"]),
    "desk": ("new", "/verify/desk", []),
    "employer": ("new", "/verify/employer", ["q=西湖"]),
    "pledge": ("new", "/verify/pledge", []),
    "consent": ("new", "/verify/pledge", ["agree", "sign-pledge"]),
    "browse": ("verified", "/dating", []),
    "browse-shut": ("new", "/dating", []),
    "filter": ("verified", "/dating", ["filter"]),
    "profile": ("verified", f"/dating/profile?id={PERSON}1", []),
    "profile-blurred": ("verified", f"/dating/profile?id={PERSON}4", []),
    "profile-said": ("verified", f"/dating/profile?id={PERSON}2", []),
    "mutual": ("verified", f"/dating/profile?id={PERSON}3", ["yes"]),
    "safety": ("verified", f"/dating/profile?id={PERSON}1", ["safety"]),
    "said": ("verified", "/dating/said", []),
    "pairs": ("verified", "/dating/pairs", []),
    "offer": ("verified", "/dating/pairs", ["offer"]),
    "mine": ("verified", "/dating/mine", []),
    "edit-basics": ("verified", "/dating/edit?part=basics", []),
    "edit-hobbies": ("verified", "/dating/edit?part=hobbies", []),
    "edit-about": ("verified", "/dating/edit?part=about", []),
    "edit-wishes": ("verified", "/dating/edit?part=wishes", []),
    "photos": ("verified", "/dating/photos", []),
    "visibility": ("verified", "/dating/visibility", []),
    "report": ("verified", f"/dating/report?id={PERSON}1&name=阿哲", []),
    "reports": ("verified", "/dating/reports", []),
    "restrictions": ("new", "/dating/restrictions", []),
    "restrictions-none": ("verified", "/dating/restrictions", []),
    "appeal": ("verified", "/dating/appeal?receipt=NJ-7KQ4-2MXD", []),
    "blocked": ("verified", "/dating/blocked", []),
    "leave": ("verified", "/dating/leave", []),
    "me": ("verified", "/me", []),
    "looks": ("verified", "/me/looks", []),
    "consents": ("verified", "/me/consents", []),
    "settings": ("verified", "/me/settings", []),
    "privacy": ("verified", "/me/privacy", []),
    "erase": ("verified", "/me/erase", []),
    "act-list": ("verified", "/activities", []),
    "act-for-me": ("verified", "/activities", ["order-for_me"]),
    "act-filter": ("verified", "/activities", ["filter"]),
    "act-taste": ("verified", "/activities", ["order-for_me", "taste"]),
    "act-festival": ("verified", "/activities/festival?id=f", []),
    "act-one": ("verified", f"/activities/one?id={ACTIVITY}1", []),
    "act-lottery-one": ("verified", f"/activities/one?id={ACTIVITY}2", []),
    "act-lacking": ("verified", f"/activities/one?id={ACTIVITY}4", []),
    "act-offered": ("verified", f"/activities/one?id={ACTIVITY}8", []),
    "act-off": ("verified", f"/activities/one?id={ACTIVITY}9", []),
    "act-register": ("verified", f"/activities/register?id={ACTIVITY}1", []),
    "act-register-wrong": ("verified", f"/activities/register?id={ACTIVITY}1", ["register"]),
    "act-full": ("verified", f"/activities/register?id={ACTIVITY}3", []),
    "act-overlap": ("verified", f"/activities/register?id={ACTIVITY}6", ["register"]),
    "act-mine": ("verified", "/activities/mine", []),
    "act-cancel": ("verified", "/activities/mine", ["give-back"]),
    "act-ticket": ("verified", "/activities/ticket?booking=00000000-0000-4000-9000-000000000501", []),
    "act-lottery": ("verified", f"/activities/lottery?id={ACTIVITY}2", []),
    "act-recomputed": ("verified", f"/activities/lottery?id={ACTIVITY}2", ["recompute"]),
    "act-survey": ("verified", f"/activities/survey?id={ACTIVITY}5", []),
    "act-live": ("verified", f"/activities/live?id={ACTIVITY}5", []),
    "act-absences": ("verified", "/activities/absences", []),
    "act-ask": ("verified", "/activities/absences", ["ask-consequence"]),
    "soon": ("verified", "/aid", []),
}
MODES: dict[str, tuple[tuple[int, int], dict[str, object]]] = {
    "zh": ((390, 844), {}),
    "dark": ((390, 844), {"theme": "dark"}),
    "large": ((390, 844), {"large": True}),
    "wide": ((1280, 800), {}),
    "en": ((390, 844), {"language": "en"}),
}


def tell(path: str, body: dict[str, object]) -> None:
    data = json.dumps(body).encode()
    request = urllib.request.Request(f"{BASE}/api/v1/{path}", data, {"Content-Type": "application/json"})
    urllib.request.urlopen(request).read()


def open_page(browser: Browser, mode: str, scene: str) -> Page:
    (width, height), looks = MODES[mode]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce")
    if scene != "out":
        context.add_cookies([{"name": "session", "value": "mock", "url": BASE}])
    context.add_init_script(WATCH)
    kept = {"looks": {"language": "zh-CN", "large": False, "theme": "light", **looks}, "seen": scene != "out"}
    lines = [f"localStorage.setItem('niangjia.{key}', {json.dumps(json.dumps(value))})" for key, value in kept.items()]
    context.add_init_script(";".join(lines))
    return context.new_page()


def press(page: Page, step: str) -> None:
    name, _, text = step.partition("=")
    if text:
        page.locator(f"input[name={name}]").fill(text)
    elif name == "agree":
        page.locator("#agree").check()
    else:
        page.get_by_test_id(name).first.click()
    page.wait_for_timeout(700)


def complaint(line: ConsoleMessage) -> list[str]:
    """A refusal is no fault of the page; the browser logs it all the same."""
    return [line.text] if line.type == "error" and "status of 4" not in line.text else []


def look(browser: Browser, mode: str, name: str, out: Path) -> list[str]:
    scene, address, steps = PAGES[name]
    tell("mock/reset", {"scene": "new" if scene == "new" else "verified"})
    page = open_page(browser, mode, scene)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("console", lambda line: problems.extend(complaint(line)))
    page.goto(f"{BASE}/app/#{address}")
    page.wait_for_selector("h1")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(250)
    jump = page.evaluate("window.__jump")
    for step in steps:
        press(page, step)
    page.screenshot(path=out / f"{mode}-{name}.png", full_page=not steps)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    axe = page.evaluate(f"async () => {{ {AXE}; return (await axe.run()).violations }}")
    for violation in axe:
        first = violation["nodes"][0]
        problems.append(f"axe {violation['id']}: {first['html'][:160]} {first.get('failureSummary', '')[:200]}")
    problems += [f"layout jumps {jump:.3f}"] if jump > 0.05 else []
    problems += [f"too wide by {wide}"] if wide > 0 else []
    page.context.close()
    return [f"{mode} {name}: {problem}" for problem in problems]


def main(out: Path, names: list[str]) -> int:
    out.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        for mode in MODES:
            for name in PAGES:
                if not names or name in names or mode in names:
                    found += look(browser, mode, name, out)
        browser.close()
    sys.stdout.write("\n".join(found or ["nothing to complain of"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2:]))
