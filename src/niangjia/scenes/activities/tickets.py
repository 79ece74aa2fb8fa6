"""What people carry away: a QR ticket, an entry for their calendar."""

import io
from datetime import UTC, datetime

import segno

from niangjia.scenes.activities.models import Activity, State


def qr_svg(text: str) -> str:
    """Black on white with a quiet border, whatever the theme: scanners want it so."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return out.getvalue().decode()


def calendar_entry(activity: Activity, now: datetime) -> str:
    """RFC 5545. The same UID each time, so that a moved or cancelled activity moves or goes in the calendar too."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Niangjia//Activities//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{activity.pk}@niangjia",
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{int(now.timestamp()) - int(activity.made_at.timestamp())}",
        f"DTSTART:{_utc(activity.starts_at)}",
        f"DTEND:{_utc(activity.ends_at)}",
        f"SUMMARY:{_text(activity.title)}",
        f"LOCATION:{_text('，'.join(part for part in (activity.place, activity.address) if part))}",
        f"STATUS:{'CANCELLED' if activity.state == State.CANCELLED else 'CONFIRMED'}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(activity.title)}",
        "TRIGGER:-PT2H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escaped: an organiser's title must not become a line of its own."""
    plain = "".join(char for char in text if char == "\n" or char >= " ")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 bytes a line, never within a character."""
    parts, rest = [], line
    while len(rest.encode()) > 73:
        cut = len(rest.encode()[:73].decode(errors="ignore"))
        parts.append(rest[:cut])
        rest = rest[cut:]
    return "\r\n ".join([*parts, rest])
