"""What conversations do by themselves."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from niangjia.scenes.dating.chat import forgetting


@app.periodic(cron="25 16 * * *")  # after midnight in China
@app.task(queueing_lock="dating-chat-night")
def forget_messages(timestamp: int) -> None:
    forgetting.forget(now=datetime.fromtimestamp(timestamp, UTC))
