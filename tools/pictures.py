"""The pictures of the guides and of the README, taken anew from a fresh demo city: `make pictures`.

Somebody new is verified and meets somebody, as the browser journeys have it, while the staff do their part. A picture
is kept when a guide shows it; a guide that shows one which nobody took fails the run.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from playwright.sync_api import Browser, Page, sync_playwright

from niangjia.demo import avatars
from niangjia.demo.named import POSTS
from niangjia.kernel.china import mask_phone
from tests.installation.conftest import ROOT
from tests.journeys.conftest import ARGUMENTS, PHONE, City, Hand, open_city
from tests.journeys.test_d1_from_newcomer_to_planet import enter_planet, go_out, speak, tier, walk_the_circle
from tests.journeys.test_d2_the_centre_introduces_two import test_the_centre_introduces_two
from tests.journeys.test_d3_a_month_of_meeting import (
    WALK,
    finds_the_walk,
    looks_over_the_month,
    registers,
    test_one_of_a_thousand_chooses_in_secret,
    test_who_cannot_come_passes_the_place_on,
)
from tests.journeys.test_d4_the_weekly_list import (
    test_a_place_to_meet_is_booked_and_shown_at_the_door,
    test_the_weekly_list,
)
from tests.journeys.test_d5_a_living_record import test_a_living_record_belongs_to_its_owner
from tests.journeys.test_staff_steer import enter
from tests.journeys.test_two_people_meet import become_verified, find, offer, write_profile
from tests.journeys.test_two_people_warned import test_a_swindler_is_asked_and_the_other_is_warned

PICTURES = ROOT / "docs" / "pictures"
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
DESK = {"width": 1280, "height": 800}
SHOWN = "[...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)"
HEAVY = 120_000  # bytes of one picture
QUIET = """
*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important }
[data-testid=toast] { visibility: hidden !important }
"""


@dataclass
class Album:
    """Pictures by name; those that a guide shows go into the folder."""

    wanted: set[str]
    taken: dict[str, bytes] = field(default_factory=dict)

    def take(self, page: Page, name: str) -> None:
        page.wait_for_load_state("load")
        page.wait_for_function(SHOWN)  # and not for silence: pages with an open line never fall silent
        quiet = page.add_style_tag(content=QUIET)
        page.wait_for_timeout(400)
        self.taken[name] = page.screenshot()
        quiet.evaluate("style => style.remove()")  # the journey that goes on may want to read a toast
        if name in self.wanted:
            light(Image.open(io.BytesIO(self.taken[name])), PICTURES / f"{name}.png")

    def missing(self) -> set[str]:
        return self.wanted - self.taken.keys()


def light(picture: Image.Image, path: Path, *, heaviest: int = HEAVY, dither: Image.Dither = Image.Dither.NONE) -> None:
    """Few colours, and fewer pixels when that is not enough."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for share in (1, 0.85, 0.7, 0.6, 0.5):
        size = (round(picture.width * share), round(picture.height * share))
        smaller = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        smaller.quantize(255, dither=dither).save(out, "PNG", optimize=True)
        if out.tell() <= heaviest:
            break
    path.write_bytes(out.getvalue())


@dataclass
class Phone(Hand):
    """A phone whose journey is photographed."""

    album: Album

    def picture(self, name: str) -> None:
        if f"worker/{name}" not in self.album.taken:  # the first one of a name is the one of the guide
            self.album.take(self.page, f"worker/{name}")

    def fill(self, name: str, text: str) -> None:
        if name == "code":
            self.picture("code")
        super().fill(name, text)
        if name == "value":
            self.picture("offer")

    def agree_if_asked(self) -> None:
        self.page.wait_for_timeout(600)
        if self.page.get_by_test_id("consent-yes").count():
            self.picture("consent")
        super().agree_if_asked()

    def look(self, route: str, name: str, *, for_: str = "") -> None:
        """Go somewhere, wait for what matters there, and take its picture."""
        self.go(route)
        self.page.wait_for_timeout(800)
        if for_:
            self.sees(for_)
        self.picture(name)


@dataclass
class Desk:
    """A member of staff at the back office."""

    city: City
    page: Page
    album: Album

    def open(self, path: str, name: str = "") -> None:
        self.page.goto(self.city.site + path)
        if name:
            self.picture(name)

    def picture(self, name: str) -> None:
        self.album.take(self.page, f"union/{name}")

    def press(self, text: str) -> None:
        self.page.get_by_role("button", name=text).first.click()
        self.page.wait_for_load_state("networkidle")

    def open_line(self, text: str) -> None:
        """The first line of a list that says this."""
        self.page.locator("tr", has_text=text).first.get_by_role("button").click()
        self.page.wait_for_load_state("networkidle")

    def sign_in(self, phone: str) -> None:
        self.enter_code(phone)
        self.picture("factor")
        self.page.fill("#code", self._digits(phone))
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("nav.side")
        self.city.cookies[phone] = self.page.context.cookies()  # a journey that comes later need not ask for a code

    def come_back(self, phone: str) -> None:
        """Still signed in, or anew."""
        if phone not in self.city.cookies:
            return self.sign_in(phone)
        self.page.context.add_cookies(self.city.cookies[phone])
        return self.open("/console/")

    def enter_code(self, phone: str) -> None:
        """As far as the second proof."""
        self.open("/console/")
        self.page.fill("#phone", phone)
        self.picture("sign-in")
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector('#code[autocomplete="one-time-code"]')
        self.page.fill("#code", self._code(phone))
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector('#code[autocomplete="off"]')

    def _code(self, phone: str) -> str:
        for _ in range(100):
            if code := self.city.code(phone):
                self.city.used.add(code)
                self.city.asked[phone] = time.monotonic()
                return code
            self.page.wait_for_timeout(200)
        raise AssertionError("no code came")

    def _digits(self, phone: str) -> str:
        with urllib.request.urlopen(f"{self.city.simulators}/authenticator.json", timeout=10) as answer:  # noqa: S310
            return next(one["code"] for one in json.load(answer)["items"] if one["phone"] == phone)


@dataclass
class Witness(Hand):
    """Somebody in a journey of the browser tests, photographed on the way for the guide of that name."""

    album: Album
    guide: str

    def picture(self, name: str) -> None:
        self.album.take(self.page, f"{self.guide}/{name}")


def phone_of(post: str) -> str:
    return next(one.phone for one in POSTS if one.title == post)


@dataclass
class Studio:
    """A city, a browser and an album."""

    city: City
    browser: Browser
    album: Album

    def phone(self) -> Phone:
        return Phone(self.city, self._page(PHONE, scale=2), f"{self.city.site}/", self.album)

    def witness(self, *, guide: str, size: dict[str, int]) -> Witness:
        scale = 2 if size["width"] < DESK["width"] else 1
        return Witness(self.city, self._page(size, scale=scale), f"{self.city.site}/", self.album, guide)

    def desk(self, post: str) -> Desk:
        desk = self.empty_desk()
        desk.sign_in(phone_of(post))
        return desk

    def empty_desk(self) -> Desk:
        return Desk(self.city, self._page(DESK, scale=1), self.album)

    def _page(self, size: dict[str, int], *, scale: int) -> Page:
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            device_scale_factor=scale,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            bypass_csp=True,
        )
        context.set_default_timeout(60_000)
        return context.new_page()


# --- a worker's guide ---


def worker(studio: Studio) -> None:
    phone, name, number, employer = studio.city.newcomer()
    alice = studio.phone()
    alice.look("/", "welcome")
    alice.go("/sign-in")
    alice.fill("phone", phone)
    alice.picture("sign-in")
    alice.sign_in(phone)
    be_verified(alice, name, number, employer)
    introduce_herself(alice)
    meet(studio, alice)
    write_to_each_other(studio)
    look_after_herself(alice)


def be_verified(alice: Phone, name: str, number: str, employer: str) -> None:
    alice.look("/", "home-new", for_="services")
    alice.look("/verify", "steps", for_="fact-single")
    alice.look("/verify/person", "person")
    alice.look("/verify/desk", "desk")
    alice.go("/verify/employer")
    alice.fill("q", employer[2:8])
    alice.sees("employers")
    alice.picture("employer-search")
    become_verified(alice, name, number, employer)


def introduce_herself(alice: Phone) -> None:
    write_profile(alice)
    alice.go("/dating/photos")
    portrait = avatars.portrait(seed=11, sex="f", age=43, outfit="overalls")
    picture = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": portrait}
    alice.page.get_by_test_id("photo-input").set_input_files(files=[picture])  # type: ignore[list-item]
    alice.sees("photo-tile")
    alice.picture("photos")
    alice.go("/dating/edit?part=about")
    alice.fill("about", "电工，手稳心细。周末不是在爬山，就是在打羽毛球。喜欢热闹，也喜欢安安静静做顿饭。")
    alice.picture("about")
    alice.tap("save")
    alice.look("/dating/mine", "profile-mine", for_="completeness")
    alice.look("/dating/visibility", "visibility", for_="pause")


def meet(studio: Studio, alice: Phone) -> None:
    man = studio.city.line("worker, a man")
    find(alice, "志远")
    alice.picture("person-open")
    alice.page.mouse.wheel(0, 700)
    alice.tap("yes")
    alice.sees("said-state")
    alice.picture("said")
    bob = studio.phone()
    bob.sign_in(re.findall(r"\b1\d{10}\b", man)[0])
    bob.look("/", "home", for_="services")
    bob.look("/dating", "poster-browse", for_="people")
    bob.page.get_by_test_id("card").filter(has_text="晓月").first.click(position={"x": 60, "y": 60})
    bob.sees("yes")
    bob.picture("poster-person")
    find(bob, "新来的小伙伴")
    bob.tap("yes")
    bob.sees("to-pairs")
    bob.picture("mutual")
    offer(bob, "13800138000")
    alice.look("/dating/pairs", "they-offered", for_="offer")
    offer(alice, "13900139000")
    alice.sees("their-contact")
    alice.page.wait_for_timeout(4000)  # the toast has gone
    alice.picture("contacts")


def write_to_each_other(studio: Studio) -> None:
    her = studio.phone()
    her.sign_in(studio.city.phone("worker, a woman"))
    her.look("/dating/pairs", "chat-list", for_="unread")
    her.page.locator("[data-testid=chat]", has=her.page.get_by_test_id("unread")).first.click()
    her.sees("talk")
    her.page.locator('[name="words"]').fill("那周六早上七点，黄龙洞口见")
    her.tap("send")
    her.reads("黄龙洞口")
    her.picture("chat")
    her.page.get_by_test_id("talk").get_by_test_id("message-menu").last.click()
    her.sees("take-message-back")
    her.picture("chat-take-back")
    her.tap("sheet-close")
    her.page.wait_for_timeout(500)
    her.tap("chat-menu")
    her.sees("chat-end")
    her.picture("chat-menu")


def look_after_herself(alice: Phone) -> None:
    alice.go("/dating")
    alice.sees("people")
    alice.page.get_by_test_id("card").nth(3).locator("button.more").click()
    alice.sees("block")
    alice.picture("safety")
    alice.tap("report")
    alice.fill("details", "聊了两天就劝我跟着他投资，还要我先转两千块。")
    alice.page.get_by_text(re.compile("要钱|借钱|转账|投资")).first.click()
    alice.page.evaluate("scrollTo(0, 0)")
    alice.picture("report")
    alice.tap("send-report")
    alice.sees("receipt")
    alice.picture("receipt")
    alice.look("/dating/reports", "reports", for_="reports")
    for route, name in (
        ("/inbox", "inbox"), ("/me", "me"), ("/me/looks", "looks"), ("/me/consents", "consents"),
        ("/me/privacy", "privacy"), ("/dating/leave", "leave"), ("/me/erase", "erase"),
    ):  # fmt: skip
        alice.look(route, name)
    alice.go("/")
    alice.page.get_by_test_id("announcements").locator("summary").first.click()
    alice.picture("announcement")
    alice.go("/me/settings")
    alice.page.get_by_role("switch").first.click()
    alice.picture("settings")
    alice.look("/", "large", for_="services")


# --- the staff's guide ---


def staff(studio: Studio) -> None:
    officer, colleague = studio.desk("district officer"), studio.desk("city officer")
    officer.open("/console/", "inbox")
    verify(officer)
    handle_a_report(colleague)
    import_a_roll(officer)
    officer.open("/console/orgs", "orgs")
    officer.open("/console/activities", "activities")
    officer.page.get_by_role("link", name=WALK).click()
    officer.picture("activity")
    announce(officer)
    see_a_number(officer, colleague)
    firm = studio.desk("enterprise HR")
    firm.open("/console/confirm", "confirm")
    firm.open("/console/employment", "employment")


def authenticator(studio: Studio) -> None:
    """A setup secret from one hand to the other, and the picture to scan. The last part: the old digits are no good."""
    giver, newcomer = studio.empty_desk(), studio.empty_desk()
    giver.come_back(phone_of("city officer"))
    phone = phone_of("matchmaker")
    giver.open("/console/roles", "roles")
    giver.page.locator("main table a", has_text=mask_phone(phone)).first.click()
    giver.page.locator('main a[href*="/roles/setup"]').click()
    giver.page.locator("main form button.main").click()
    giver.picture("secret")
    newcomer.enter_code(phone)
    newcomer.open("/console/sign-in/setup")
    newcomer.page.fill("#secret", giver.page.locator(".secret").inner_text())
    newcomer.page.keyboard.press("Enter")
    newcomer.page.wait_for_selector(".qr svg")
    newcomer.picture("setup")


def verify(officer: Desk) -> None:
    officer.open("/console/verify", "verify")
    officer.open_line("证件")
    officer.picture("document")


def handle_a_report(officer: Desk) -> None:
    officer.open("/console/cases", "cases")
    officer.open_line("举报")
    officer.page.locator("details.way").first.click()
    officer.picture("report")


def import_a_roll(officer: Desk) -> None:
    officer.open("/console/employers")
    firm = officer.page.locator("main table a").first.inner_text()
    rows = ["姓名,手机号,单位名称,入会日期"]
    names = ("王秀兰", "李建国", "张晓梅", "刘志强")
    rows += [f"{name},1390000{at:04},{firm},2024-03-01" for at, name in enumerate(names)]
    rows += [f"陈美玲,139000,{firm},2024-03-01", "赵大勇,13900000009,没有登记的公司,2024-03-01"]
    officer.open("/console/rolls/upload")
    table = {"name": "会员名册-2026年11月.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    officer.page.set_input_files("#table", files=[table])  # type: ignore[list-item]
    officer.picture("upload")
    officer.press("先看导入后会怎样")
    officer.page.wait_for_function("!document.querySelector('meta[http-equiv=refresh]')")
    officer.picture("roll")


def announce(officer: Desk) -> None:
    officer.open("/console/announcements/write")
    officer.page.fill("#title", "周末登山联谊，欢迎报名")
    officer.page.fill("#body", "各位职工：本周六上午九点，宝石山脚下集合，一起爬山、喝茶、认识新朋友。请穿舒服的鞋。")
    officer.picture("announce")
    officer.press("发布")


def see_a_number(officer: Desk, colleague: Desk) -> None:
    """One asks, another agrees, and it is shown once."""
    officer.open("/console/people", "people")
    officer.page.locator("main table a").first.click()
    officer.picture("person")
    officer.page.locator('main a[href*="reveal"]').click()
    officer.page.locator('input[name="what"]').first.check()
    officer.page.fill("#reason", "核对窗口递交的困难补助申请表。")
    officer.picture("ask")
    officer.page.locator("main form button.main").click()
    colleague.open("/console/")
    colleague.picture("city-inbox")
    colleague.open_line("号码查看")
    colleague.page.locator("details.way").first.click()
    colleague.picture("agree")
    colleague.page.locator("details.way[open] button").click()
    officer.open("/console/", "may-see")
    officer.page.locator('form[action="/console/people/revealed"] button').click()
    officer.picture("revealed")
    colleague.open("/cockpit/", "cockpit")


# --- the picture of the README ---


def poster(album: Album) -> None:
    """Three phones side by side on a warm ground."""
    ground = _ground(1200, 800)
    screens = [album.taken[f"worker/{name}"] for name in ("welcome", "poster-browse", "poster-person")]
    for at, (screen, drop) in enumerate(zip(screens, (24, 0, 24), strict=True)):
        phone = _phone(Image.open(io.BytesIO(screen)), width=292)
        ground.paste(phone, (83 + at * 360, 94 + drop), phone)
    _title(ground)
    light(ground, PICTURES / "niangjia.png", heaviest=300_000, dither=Image.Dither.FLOYDSTEINBERG)


def _ground(width: int, height: int) -> Image.Image:
    top, bottom = Image.new("RGB", (1, 1), "#fdf3e3"), Image.new("RGB", (1, 1), "#f0b99a")
    column = Image.new("RGB", (1, 2))
    column.paste(top, (0, 0))
    column.paste(bottom, (0, 1))
    return column.resize((width, height), Image.Resampling.BICUBIC)


def _phone(screen: Image.Image, *, width: int) -> Image.Image:
    """The screen with round corners, an edge, and a soft shadow."""
    height, edge, room = width * screen.height // screen.width, 7, 24
    size = (width + 2 * (edge + room), height + 2 * (edge + room))
    case = (room, room, size[0] - room, size[1] - room)
    body = Image.new("RGBA", size, "#3a2a22")
    below = (case[0], case[1] + 10, case[2], case[3] + 10)
    body.putalpha(_rounded(size, below, 40).point(lambda dark: dark * 2 // 5))
    body = body.filter(ImageFilter.GaussianBlur(11))
    body.paste("#3a2a22", (0, 0), _rounded(size, case, 40))
    small = screen.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    body.paste(small, (room + edge, room + edge), _rounded((width, height), (0, 0, width, height), 34))
    return body


def _rounded(size: tuple[int, int], box: tuple[int, int, int, int], radius: int) -> Image.Image:
    """A mask with smooth corners: drawn four times as large."""
    large = Image.new("L", (size[0] * 4, size[1] * 4))
    ImageDraw.Draw(large).rounded_rectangle(tuple(side * 4 for side in box), radius * 4, fill=255)
    return large.resize(size, Image.Resampling.LANCZOS)


def _title(ground: Image.Image) -> None:
    pen = ImageDraw.Draw(ground)
    pen.text((104, 30), "娘家", font=_font(52, "Bold"), fill="#8f3d1f")
    pen.text((236, 52), "职工的事，就是娘家的事", font=_font(26, "Medium"), fill="#6b4a3a")


def _font(size: int, style: str) -> ImageFont.FreeTypeFont:
    command = ["fc-match", "-f", "%{file}", f"Noto Serif CJK SC:style={style}"]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return ImageFont.truetype(found.stdout, size)


# --- the centre ---


def centre(studio: Studio) -> None:
    """Journeys D2 and D5, as the browser tests walk them."""

    def hand(*, size: dict[str, int] = PHONE) -> Witness:
        return studio.witness(guide="centre", size=size)

    test_the_centre_introduces_two(studio.city, hand)
    test_a_living_record_belongs_to_its_owner(studio.city, hand)


def centre_office(studio: Studio) -> None:
    """Stations and their money, rewards, brands, a wedding: what whoever runs the centre has before them."""
    officer = studio.witness(guide="centre", size=DESK)
    enter(studio.city, officer, studio.city.phone("city officer"))
    desk = f"{studio.city.site}/console/dating"
    for path, name in (
        ("centre", "centre-stations"),
        ("centre/rewards", "centre-rewards"),
        ("centre/brands", "brands"),
    ):
        officer.page.goto(f"{desk}/{path}")
        officer.picture(name)
    for path, name in (("centre", "centre-station"), ("weddings", "wedding")):
        officer.page.goto(f"{desk}/{path}")
        officer.page.locator("main table a").first.click()
        officer.page.locator("p.crumbs").wait_for()
        officer.picture(name)


# --- activities, and choosing among a thousand ---


def month(studio: Studio) -> None:
    """Journey D3: what is on, a place taken, a place passed on, and a choice kept secret."""

    def hand(*, size: dict[str, int] = PHONE) -> Witness:
        return studio.witness(guide="worker", size=size)

    she = hand()
    she.sign_in("15400000781")
    looks_over_the_month(she)
    finds_the_walk(she)
    registers(she)
    test_who_cannot_come_passes_the_place_on(studio.city, hand)
    test_one_of_a_thousand_chooses_in_secret(studio.city, hand)


# --- the weekly list, and places to meet ---


def weekly(studio: Studio) -> None:
    """Journey D4: members' phones for one guide, the desk for the other."""

    def hand(*, size: dict[str, int] = PHONE) -> Witness:
        return studio.witness(guide="worker" if size == PHONE else "union", size=size)

    test_the_weekly_list(studio.city, hand)
    test_a_place_to_meet_is_booked_and_shown_at_the_door(studio.city, hand)


# --- what else there is in dating ---


def more(studio: Studio) -> None:
    """The circle, a planet, the tiers and a date somebody is told of, as the journey D1 walks them."""
    she = studio.witness(guide="worker", size=PHONE)
    she.sign_in(studio.city.phone("worker, a woman"))
    tier(she)
    walk_the_circle(she)
    enter_planet(she)
    speak(she)
    go_out(she)


# --- who warns of swindlers, and the evenings that a union arranges ---


def warned(studio: Studio) -> None:
    """Phones for one guide, the desk for the other."""

    def hand(*, size: dict[str, int] = PHONE) -> Witness:
        return studio.witness(guide="worker" if size == PHONE else "union", size=size)

    test_a_swindler_is_asked_and_the_other_is_warned(studio.city, hand)


def evenings(studio: Studio) -> None:
    officer = studio.witness(guide="union", size=DESK)
    enter(studio.city, officer, studio.city.phone("city officer"))
    events = f"{studio.city.site}/console/dating/events"
    officer.page.goto(events)
    officer.picture("dating-events")
    officer.page.locator("main table a", has_text="千人互选").first.click()
    officer.picture("dating-event")
    officer.page.goto(f"{studio.city.site}/console/dating/planets")
    officer.picture("planets")


# --- the run ---


PARTS = (staff, worker, centre, centre_office, month, weekly, more, evenings, warned, authenticator)


def main() -> None:
    """All of them, or the parts that are named."""
    parts = [part for part in PARTS if part.__name__ in sys.argv[1:]] or PARTS
    shown = "".join(guide.read_text() for guide in GUIDES)
    album = Album(set(re.findall(r"pictures/(\w+/[\w-]+)\.png", shown)))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_city(Path(folder), people=400) as city,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*ARGUMENTS, "--lang=zh-CN"])
        studio = Studio(city, browser, album)
        for part in parts:
            part(studio)
        browser.close()
    if worker in parts:
        poster(album)
    if parts == PARTS and album.missing():
        raise SystemExit(f"No picture was taken of: {', '.join(sorted(album.missing()))}")
    print(f"{len(album.wanted & album.taken.keys())} pictures of the guides are new in {PICTURES.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
