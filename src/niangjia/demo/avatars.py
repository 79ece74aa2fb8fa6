"""The pictures of a demo person: a portrait first, then scenes of what they like. JPEG, 720 x 960."""

from niangjia.demo.art.portrait import draw_portrait
from niangjia.demo.art.scenes import OF_HOBBY, SCENES, draw_scene
from niangjia.demo.people import People


def portrait(*, seed: int, sex: str, age: int, outfit: str) -> bytes:
    """The same seed, sex, age and outfit give the same picture. `outfit` as in `People.outfit`."""
    return draw_portrait(seed=seed, male=sex == "m", age=age, outfit=outfit)


def scene(*, seed: int, kind: str) -> bytes:
    """`kind`: one of `SCENES`."""
    return draw_scene(seed=seed, kind=kind)


def scene_kinds(*, seed: int, hobbies: tuple[str, ...], count: int) -> list[str]:
    """Which scenes suit these hobbies; someone whose hobbies have none shows another part of the city."""
    fitting = list(dict.fromkeys(OF_HOBBY[code] for code in hobbies if code in OF_HOBBY))
    others = [kind for kind in SCENES if kind not in fitting]
    return (fitting + [others[(seed + step) % len(others)] for step in range(count)])[:count]


def pictures(*, people: People, row: int) -> list[bytes]:
    """All `people.photos[row]` pictures of one person, the portrait first."""
    seed = int(people.avatar_seed[row])
    first = portrait(seed=seed, sex=people.sex[row], age=int(people.age[row]), outfit=people.outfit[row])
    kinds = scene_kinds(seed=seed, hobbies=people.hobbies[row], count=int(people.photos[row]) - 1)
    return [first, *(scene(seed=seed + at, kind=kind) for at, kind in enumerate(kinds, 1))]
