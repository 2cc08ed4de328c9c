"""Pictures that an editor brings into a text."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from newsletter.admin import desk
from newsletter.admin.post_form import brought_home


class PictureForm(forms.Form):
    picture = forms.FileField()
    alt = forms.CharField(
        max_length=500, error_messages={"required": "Say what the picture shows."}
    )

    def clean_picture(self) -> UploadedFile[bytes]:
        picture: UploadedFile[bytes] = self.cleaned_data["picture"]
        self.stored = brought_home(picture)
        return picture

    def markdown(self) -> str:
        alt = " ".join(self.cleaned_data["alt"].split())
        for character in "\\[]":
            alt = alt.replace(character, f"\\{character}")
        if self.stored.kind == "video":
            still, video = (
                settings.MEDIA_URL + name for name in (self.stored.poster, self.stored.file)
            )
            return f"[![{alt}]({still})]({video})"
        return f"![{alt}]({settings.MEDIA_URL}{self.stored.file})"


@require_POST
@desk.may_write
def add(request: HttpRequest, pk: int) -> JsonResponse:
    """Answers the Markdown to insert."""
    desk.find(pk)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        error = " ".join(str(problem) for problems in form.errors.values() for problem in problems)
        return JsonResponse({"error": error}, status=400)
    return JsonResponse({"markdown": form.markdown()})
