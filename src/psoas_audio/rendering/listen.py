"""Listens to a session that was just rendered."""

from __future__ import annotations

from dataclasses import replace

from psoas_audio.errors import SoundError, TranscriptionError
from psoas_audio.listening.session import listen_to_session
from psoas_audio.listening.transcriber import Transcriber, TranscriberModel
from psoas_audio.listening.words import as_names
from psoas_audio.rendering.progress import Progress
from psoas_audio.rendering.result import Rendered
from psoas_audio.rendering.session import Session


def listen_to_rendered(rendered: Rendered, session: Session, model: TranscriberModel) -> Rendered:
    """*rendered*, the result of *session*, with what *model* heard in its file.

    Lines in which something is wrong become warnings. So does a reason why it couldn't be heard:
    the session is finished whatever a transcriber thinks of it.
    """

    def on_heard(done: int, total: int) -> None:
        session.on_progress(Progress("listen", done, total))

    script = session.draft.script
    names = as_names(tuple(script.lexicon), script.language)
    try:
        words = listen_to_session(
            rendered.output,
            rendered.timeline,
            Transcriber(model, session.draft.settings.workers),
            names,
            on_heard,
            session.draft.takes.read,
        )
    except (TranscriptionError, SoundError) as error:
        warning = f"the session's words were not checked: {error.what} {error.hint}".rstrip()
        return replace(rendered, warnings=(*rendered.warnings, warning))
    return replace(rendered, words=words, warnings=(*rendered.warnings, *words.warnings()))
