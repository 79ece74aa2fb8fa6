"""What people look for: six filters at once, drawn at random but as people draw them."""

import random
from typing import Any

from niangjia.demo.places import districts
from niangjia.scenes.dating.taxonomy import EDUCATIONS, HOBBIES, MARITAL


def six_filters(rng: random.Random) -> dict[str, Any]:
    """Hobby, age, height, education, district and marital history."""
    age, height = rng.randint(23, 34), rng.randint(155, 172)
    schooling = [term.code for term in EDUCATIONS]
    return {
        "hobbies": [hobby.code for hobby in rng.sample(HOBBIES, 2)],
        "age_from": age,
        "age_to": age + rng.randint(4, 9),
        "height_from": height,
        "height_to": height + rng.randint(8, 16),
        "educations": schooling[rng.randint(0, len(schooling) - 3) :],
        "districts": [place.code for place in rng.sample(districts(), 3)],
        "marital": [MARITAL[0].code] if rng.random() < 0.8 else [term.code for term in MARITAL[:2]],
        "order": rng.choice(["newest", "active"]),
    }
