"""All that can be done with places. Scenes import this; each name is explained where it is written."""

from niangjia.engines.allocation.services.absences import count_absent, count_due, excuse, lift_consequence
from niangjia.engines.allocation.services.answering import approve, confirm, mark_told, refuse
from niangjia.engines.allocation.services.aside import set_aside
from niangjia.engines.allocation.services.claiming import claim
from niangjia.engines.allocation.services.doors import add_list, check_in
from niangjia.engines.allocation.services.drawing import draw, draw_due, set_beacon
from niangjia.engines.allocation.services.extras import add_extra, drop_extra
from niangjia.engines.allocation.services.keeping import expire, flow_back
from niangjia.engines.allocation.services.leaving import call_off, cancel, cancel_party, forget_person, transfer
from niangjia.engines.allocation.services.promoting import promote, promote_due
from niangjia.engines.allocation.services.slots import (
    change_window,
    create_resource,
    create_slot,
    move_slot,
    set_capacity,
)

__all__ = [
    "add_extra",
    "add_list",
    "approve",
    "call_off",
    "cancel",
    "cancel_party",
    "change_window",
    "check_in",
    "claim",
    "confirm",
    "count_absent",
    "count_due",
    "create_resource",
    "create_slot",
    "draw",
    "draw_due",
    "drop_extra",
    "excuse",
    "expire",
    "flow_back",
    "forget_person",
    "lift_consequence",
    "mark_told",
    "move_slot",
    "promote",
    "promote_due",
    "refuse",
    "set_aside",
    "set_beacon",
    "set_capacity",
    "transfer",
]
