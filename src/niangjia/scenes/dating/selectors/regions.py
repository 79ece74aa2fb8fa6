"""Where this installation is at home."""

from niangjia.core.orgs.models import Org
from niangjia.scenes.dating import places


def served_districts() -> tuple[places.Place, ...]:
    """The districts within the regions of the topmost unions."""
    regions = Org.objects.filter(depth=1).exclude(region="").order_by("path").values_list("region", flat=True)
    return places.districts(frozenset(regions))
