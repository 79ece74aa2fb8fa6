"""Pages of the simulators for a human: phone size, Chinese, and plain about being a simulator."""

from html import escape

from niangjia.providers.simulation import Reply

_STYLE = """
:root{color-scheme:light dark;--ink:#3a2a24;--paper:#fff8f3;--card:#fff;--line:#f0dfd4;--warm:#b93a1e;--soft:#fdeee6}
@media(prefers-color-scheme:dark){:root{--ink:#f3e6df;--paper:#1f1815;--card:#2b221e;--line:#43352e;--warm:#ff8a6b;--soft:#3a2a24}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:17px/1.7 "PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:30rem;margin:0 auto;padding:1rem 1rem 3rem}
.note{background:var(--soft);color:var(--warm);padding:.5rem 1rem;text-align:center;font-size:.9rem}
h1{font-size:1.4rem;margin:1rem 0 .5rem}a{color:var(--warm)}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1rem;margin:.75rem 0}
.small{font-size:.85rem;opacity:.75}.code{font-size:1.6rem;letter-spacing:.15em;font-weight:700}
button,.button{display:block;width:100%;min-height:3rem;margin:.6rem 0;border:0;border-radius:1.5rem;padding:.6rem 1rem;
font:inherit;text-align:center;text-decoration:none;background:var(--warm);color:#fff;cursor:pointer}
@media(prefers-color-scheme:dark){button,.button{color:#2b1712}}
button.plain,.button.plain{background:var(--soft);color:var(--warm)}
select,input{width:100%;min-height:2.75rem;font:inherit;padding:.3rem .6rem;border-radius:.7rem;
border:1px solid var(--line);background:var(--paper);color:var(--ink)}
.face{width:9rem;height:9rem;margin:1.2rem auto;border-radius:50%;border:4px dashed var(--warm);
display:grid;place-items:center;color:var(--warm)}
"""


def page(*, title: str, body: str, refresh: int = 0, status: int = 200) -> Reply:
    """`body` is HTML; whatever comes from outside in it has been through `text`."""
    again = f'<meta http-equiv="refresh" content="{refresh}">' if refresh else ""
    html = (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"{again}<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        '<div class="note">这里是模拟器，不是真的支付宝、微信或短信</div>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    headers = (("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"))
    return Reply(html.encode(), status, "text/html; charset=utf-8", headers)


def redirect(address: str) -> Reply:
    return Reply(b"", 303, "text/plain; charset=utf-8", (("Location", address), ("Cache-Control", "no-store")))


def text(value: object) -> str:
    return escape(str(value), quote=True)
