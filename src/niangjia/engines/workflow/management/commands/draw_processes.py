"""Write docs/cases.md anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from niangjia.engines.workflow.diagrams import page


class Command(BaseCommand):
    help = "Draw every kind of case into docs/cases.md."

    def handle(self, *args: Any, **options: Any) -> None:
        Path(settings.ROOT, "docs", "cases.md").write_text(page(), encoding="utf-8")
