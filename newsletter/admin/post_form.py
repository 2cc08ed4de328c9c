"""All that an editor may write about a post: the words of a revision, and what the post itself
keeps. Reads and checks what was sent; the editor's view stores it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify

from newsletter.drafting import KEPT
from newsletter.models import Post, Revision
from threads.admin.sent import one_newline
from threads.media import MediaRefused, StoredMedia, bring_home

LONGEST_TAG = 40


class PostForm(forms.ModelForm[Revision]):
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    # What the post itself keeps is sent together with what it was when the page was opened.
    slug = forms.SlugField(
        label="Address",
        max_length=100,
        required=False,
        show_hidden_initial=True,
        help_text="The last part of its address on the web.",
    )
    tags = forms.CharField(
        required=False, help_text="Separated by commas.", show_hidden_initial=True
    )
    show_origin = forms.BooleanField(required=False, show_hidden_initial=True)
    show_sources = forms.BooleanField(required=False, show_hidden_initial=True)
    link_paragraphs = forms.BooleanField(required=False, show_hidden_initial=True)
    cover_file = forms.FileField(label="Another picture", required=False)

    class Meta:
        model = Revision
        fields = KEPT
        widgets = {"title": forms.Textarea(attrs={"rows": 1}), "cover": forms.RadioSelect}

    def __init__(self, post: Post, *args: Any, **kwargs: Any) -> None:
        self.post = post
        super().__init__(*args, **kwargs)
        if post.published_at:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "Published: links lead here, so it stays."

    @classmethod
    def of(cls, post: Post, revision: Revision) -> PostForm:
        """The form as it is opened: filled with a revision."""
        initial = {
            **{name: getattr(revision, name) for name in KEPT},
            "base": revision.number,
            **kept_of(post),
        }
        return cls(post, initial=initial)

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_body(self) -> str:
        return one_newline(self.cleaned_data["body"])

    def clean_slug(self) -> str:
        if self.post.published_at:
            return self.post.slug
        slug: str = self.cleaned_data["slug"] or self.post.slug
        others = Post.objects.filter(newsletter=self.post.newsletter, slug=slug)
        if self.post.newsletter and others.exclude(pk=self.post.pk).exists():
            raise forms.ValidationError("Another post of this newsletter has this address.")
        return slug

    def clean_tags(self) -> list[str]:
        tags = tags_in(self.cleaned_data["tags"])
        if too_long := next((tag for tag in tags if len(tag) > LONGEST_TAG), None):
            raise forms.ValidationError(f"“{too_long}” is longer than {LONGEST_TAG} characters.")
        return tags

    def clean_cover(self) -> str:
        cover: str = self.cleaned_data["cover"]
        if cover and not cover.startswith(settings.MEDIA_URL):
            raise forms.ValidationError("Choose one of the pictures, or upload another.")
        return cover

    def clean_cover_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["cover_file"]
        if file:
            stored = brought_home(file)
            if stored.kind == "video":
                raise forms.ValidationError("A cover is a picture; this is a video.")
            self.uploaded_cover = f"{settings.MEDIA_URL}{stored.file}"
        return file

    def words(self) -> dict[str, str]:
        """The fields of the revision."""
        words = {name: self.cleaned_data[name] for name in KEPT}
        if self.cleaned_data["cover_file"]:
            words["cover"] = self.uploaded_cover
        return words

    def kept(self, post: Post) -> dict[str, Any]:
        """What the post itself keeps, beside its revisions; as far as this editor changed it,
        for another may have changed the rest of the `post` as it is now."""
        names = ("slug", "tags", "show_origin", "show_sources", "link_paragraphs")
        kept = {name: self.cleaned_data[name] for name in names if name in self.changed_data}
        if "tags" in kept:
            kept["tags"] = self._tags_of_both(post.tags)
        return kept

    def _tags_of_both(self, theirs: list[str]) -> list[str]:
        mine = self.cleaned_data["tags"]
        began = tags_in(self.data.get(self.add_initial_prefix("tags"), ""))
        own = [tag for tag in mine if tag in theirs or tag not in began]
        return own + [tag for tag in theirs if tag not in mine and tag not in began]


def tags_in(written: str) -> list[str]:
    tags = (" ".join(tag.split()) for tag in written.split(","))
    return list(dict.fromkeys(filter(None, tags)))


def kept_of(post: Post) -> dict[str, Any]:
    return {
        "slug": post.slug or slugify(str(post)),
        "tags": ", ".join(post.tags),
        "show_origin": post.show_origin,
        "show_sources": post.show_sources,
        "link_paragraphs": post.link_paragraphs,
    }


def brought_home(file: UploadedFile[bytes]) -> StoredMedia:
    """An uploaded picture, kept; the refusal of what is none, as a form says it."""
    try:
        return bring_home(file, file.name or "The picture")
    except MediaRefused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
