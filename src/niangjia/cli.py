"""The command line: `niangjia <verb>`. One verb is one call; what it does lives in `operations` and `demo`."""

import argparse
import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import django
from django.core.management import call_command
from django.db import OperationalError, connection

from niangjia.kernel import clock
from niangjia.kernel.errors import DomainError
from niangjia.operations.failures import Failure
from niangjia.operations.processes import LIVE_BESIDE, Group, announce_live, ensure_free, live_command, web_command

Verb = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; 0 when it did what it says, 1 with two plain lines when not."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a kill ends like Ctrl-C: everything is put away
    try:
        verb: Verb = options.run
        return verb(options)
    except Failure as failure:
        _complain(failure.what, failure.do)
    except OperationalError as error:
        _complain(
            f"The database does not answer: {str(error).splitlines()[0]}", "Is it running? Is DATABASE_URL right?"
        )
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _complain("The disk is full.", "Make room (2 GB will do) and run the same command again.")
    return 1


def _complain(what: str, do: str) -> None:
    print(f"\n  ✗ {what}\n    {do}\n", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="niangjia", description="The digital home of a trade union.")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    def add(name: str, run: Verb, text: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        return verb

    serve = add("serve", _serve, "answer requests: phone app, API, back office")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=_port())
    serve.add_argument("--live-port", type=int, help=f"of the open lines for chat (default: the port + {LIVE_BESIDE})")
    add("worker", _worker, "do the jobs: messages, nightly runs, imports")
    add("migrate", _migrate, "bring the database to this version")
    demo = add("demo", _demo, "a whole demo city on this machine")
    demo.add_argument("--people", type=int, default=2600, help="how many people the city has (default 2600)")
    demo.add_argument("--load-only", action="store_true", help="fill the database and stop, for benchmarks")
    load = add("import", _import, "read a member roll (xlsx or csv), a table of firms, or the offices of a province")
    load.add_argument("file", type=Path, nargs="?")
    load.add_argument("--org", default="", help="name or id of the union concerned")
    load.add_argument("--apply", action="store_true", help="take the roll over; without this it is only checked")
    load.add_argument("--employers", action="store_true", help="the file is a table of firms to register under --org")
    load.add_argument("--divisions", metavar="CODE", help="plant the offices whose code begins so (33: Zhejiang)")
    save = add("backup", _backup, "write database and files into one archive (without the keys)")
    save.add_argument("file", type=Path, nargs="?")
    bring = add("restore", _restore, "bring an archive back")
    bring.add_argument("file", type=Path)
    bring.add_argument("--force", action="store_true", help="replace what is there")
    turn = add("rotate-keys", _rotate_keys, "a new master key; everything is sealed anew while all goes on running")
    turn.add_argument("--cipher", choices=("AES", "SM4"), default="AES", help="the cipher of the new key")
    turn.add_argument("--go-on", action="store_true", help="no new key: go on where an earlier run was stopped")
    add("model-card", _model_card, "print what the personal lists were learned from: data, metrics, limits")
    trace = add("trace-photo", _trace_photo, "to whom a member's photo that turned up elsewhere was shown")
    trace.add_argument("file", type=Path)
    trace.add_argument("--of", required=True, metavar="PHONE", help="whose photo it is")
    trace.add_argument("--original", type=Path, help="their own file, when they have taken the photo down")
    trace.add_argument("--by", required=True, metavar="PHONE", help="who asks: one of the staff")
    trace.add_argument("--reason", required=True, help="why, in a sentence; it stands in the log")
    add("check", _check, "look whether everything is as it should be")
    admin = add("first-admin", _first_admin, "let the first administrator in: prints a one-time secret")
    admin.add_argument("phone")
    return parser


def _port() -> int:
    return int(os.environ.get("PORT", "8000"))


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.config.settings")
    django.setup()
    share_database()


def share_database() -> None:
    """Child processes use the embedded server that we started; only we stop it."""
    where = connection.settings_dict
    if where["HOST"].startswith("/"):
        os.environ["DATABASE_URL"] = f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}"


def _serve(options: argparse.Namespace) -> int:
    live = options.live_port or options.port + LIVE_BESIDE
    for port in (options.port, live):
        ensure_free(port)
    _setup()
    call_command("check")
    call_command("collectstatic", interactive=False, verbosity=0)
    group = Group()
    announce_live(live)
    group.start("web", web_command(host=options.host, port=options.port))
    group.start("live", live_command(host=options.host, port=live))
    return group.wait()


def _worker(_: argparse.Namespace) -> int:
    _setup()
    call_command("procrastinate", "worker", concurrency=2)
    return 0


def _migrate(_: argparse.Namespace) -> int:
    _setup()
    call_command("migrate", interactive=False, verbosity=1)
    return 0


def _demo(options: argparse.Namespace) -> int:
    from niangjia.operations.demonstration import Demonstration  # noqa: PLC0415  # needs the environment set first

    return Demonstration(port=_port(), people=options.people, setup=_setup).run(load_only=options.load_only)


def _import(options: argparse.Namespace) -> int:
    if not (options.divisions or (options.file and options.org)):
        raise Failure("What is to be read?", "Say: niangjia import FILE --org NAME, or --divisions 33 for the offices.")
    _setup()
    try:
        for line in _imported(options):
            print(line)
    except DomainError as error:
        raise Failure(str(error.message), str(error.next_step)) from error
    return 0


def _imported(options: argparse.Namespace) -> Iterator[str]:
    from niangjia.core.orgs import commands as orgs  # noqa: PLC0415  # models exist only after set-up
    from niangjia.core.rolls import commands as rolls  # noqa: PLC0415  # as above

    moment = clock.now()
    if options.divisions:
        return orgs.plant_divisions(prefix=options.divisions, now=moment)
    if options.employers:
        return orgs.register_employers(file=options.file, org=orgs.named(options.org), now=moment)
    return rolls.run(file=options.file, org=options.org, apply=options.apply, now=moment)


def _backup(options: argparse.Namespace) -> int:
    _setup()
    from niangjia.operations.backup import backup  # noqa: PLC0415  # settings exist only after set-up

    moment = clock.now()
    target = options.file or Path(f"niangjia-{moment.astimezone(clock.SHANGHAI):%Y%m%d-%H%M%S}.tar")
    print(f"written: {backup(target=target, now=moment)}\nNot in it: var/keys.json. Keep that at another safe place.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    _setup()
    from niangjia.operations.backup import restore  # noqa: PLC0415  # settings exist only after set-up

    rows = restore(source=options.file, force=options.force)
    print(f"restored: {sum(rows.values()):,} rows in {len(rows)} tables, every count as it was")
    return 0


def _rotate_keys(options: argparse.Namespace) -> int:
    _setup()
    from niangjia.operations import rotation  # noqa: PLC0415  # models exist only after set-up

    if not options.go_on:
        print(f"key {rotation.begin(algorithm=options.cipher)} seals from now on; copy var/keys.json to its safe place")
    for what, changed in rotation.seal_anew():
        if changed:
            print(f"  {what}: {changed:,} sealed anew")
    return 0


def _model_card(_: argparse.Namespace) -> int:
    _setup()
    from niangjia.engines.matching.selectors import cards  # noqa: PLC0415  # models exist only after set-up

    found = cards()
    for pool, made_at, card in found:
        print(f"{pool}, run of {made_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}\n{card}\n")
    if not found:
        raise Failure("No lists were made yet, so there is no model.", "The worker makes them every night.")
    return 0


def _trace_photo(options: argparse.Namespace) -> int:
    _setup()
    from niangjia.operations import leaks  # noqa: PLC0415  # models exist only after set-up

    asked = leaks.Asked(
        file=options.file, of=options.of, original=options.original, by=options.by, reason=options.reason
    )
    for line in leaks.trace(asked, now=clock.now()):
        print(line)
    return 0


def _check(_: argparse.Namespace) -> int:
    _setup()
    from niangjia.operations.health import findings  # noqa: PLC0415  # settings exist only after set-up

    found = list(findings())
    for finding in found:
        print(f"  {'✓' if finding.well else '✗'} {finding.what}" + (f"\n    {finding.do}" if finding.do else ""))
    return 0 if all(finding.well for finding in found) else 1


def _first_admin(options: argparse.Namespace) -> int:
    _setup()
    from niangjia.core.accounts.administrators import first_administrator  # noqa: PLC0415  # models, after set-up

    secret = first_administrator(phone=options.phone, now=clock.now())
    print(f"Open /console/sign-in, sign in with this phone, and enter once, within three days:\n\n    {secret}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
