"""What notices say of an activity."""

from niangjia.scenes.activities.models import Activity
from niangjia.scenes.activities.types import clock_words, day_words


def words_of(activity: Activity) -> dict[str, str]:
    return {
        "title": activity.title,
        "day": day_words(activity.starts_at),
        "time": clock_words(activity.starts_at),
        "place": activity.place,
    }
