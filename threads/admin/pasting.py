"""The forms of pasted text: the box it is pasted into, and the parts it was cut into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from threads.admin import cuts
from threads.admin.sent import number, one_newline
from threads.sources.base import Format
from threads.sources.pasted import Cut, PastedSource, cut, cut_below
from threads.text.frontmatter import date_in

AUTO = "auto"
NO_TEXT = "There is no text yet: paste a thread into the box."
MOST_PARTS = 300
WAYS = [
    (AUTO, "Find out"),
    (Cut.BLANK_LINES, "At empty lines"),
    (Cut.RULES, "At lines of dashes (---)"),
    (Cut.COUNTERS, "At counters such as 3/12"),
    (Cut.ONE_PIECE, "Nowhere: it is one piece"),
]


class OriginForm(forms.Form):
    author = forms.CharField(
        required=False, max_length=200, help_text="The name readers will see, or an @handle."
    )
    url = forms.URLField(
        label="Original address",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Where the thread stands, so that readers can find it.",
    )
    date = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    markdown = forms.BooleanField(
        label="The text is Markdown",
        required=False,
        help_text="Set by itself when links or pictures were pasted from a browser.",
    )


class PasteForm(OriginForm):
    text = forms.CharField(
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": NO_TEXT},
    )
    how = forms.ChoiceField(label="Cut it", choices=WAYS, initial=AUTO)

    def clean(self) -> dict[str, Any]:
        text, how = self.cleaned_data.get("text", ""), self.cleaned_data.get("how", AUTO)
        self.about, self.parts = cut_below(text, way(how))
        if text and not self.parts:
            self.add_error("text", NO_TEXT)
        if len(self.parts) > MOST_PARTS:
            self.add_error(
                "text",
                f"Cut like this it has {len(self.parts)} parts, and {MOST_PARTS} are the most "
                "to go through by hand. Cut it otherwise, or save it as a file and upload that.",
            )
        return self.cleaned_data

    def cut(self) -> CutsForm:
        """With what the text says of itself, where the editor said nothing else."""
        assert isinstance(self.data, QueryDict)  # noqa: S101 - for the type checker
        data = self.data.copy()
        for name in ("author", "url", "date"):
            if told := getattr(self.about, name):
                data[name] = data.get(name) or told
        if any(self.about):
            data["markdown"] = "on"
        return CutsForm.of(data, self.parts)


class CutsForm(OriginForm):
    """The parts stand beside the fields: as many texts named `part` as there are parts."""

    ways = WAYS[1:]

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.parts = [one_newline(part) for part in data.getlist("part")]
        self.hint = ""

    @classmethod
    def of(cls, data: QueryDict, parts: Sequence[str]) -> CutsForm:
        data = data.copy()
        data.setlist("part", list(parts))
        return cls(data)

    def corrected(self, press: QueryDict) -> CutsForm:
        """After the button that was pressed: join, split, or cut anew."""
        parts, hint = self.parts, ""
        if index := number(press.get("join", "")):
            parts = cuts.join(self.parts, index - 1)
        elif index := number(press.get("split", "")):
            caret = press.get("caret", "")
            parts = cuts.split(self.parts, index - 1, number(caret) if caret.isdecimal() else None)
            if parts == self.parts:
                hint = f"Put an empty line where part {index} should be split, then split it."
        elif "again" in press:
            parts = cut("\n\n".join(self.parts), way(press.get("how", AUTO)))
        form = CutsForm.of(press, parts)
        form.hint = hint
        return form

    def source(self) -> PastedSource:
        return PastedSource(
            self.parts,
            author=self.cleaned_data["author"],
            url=self.cleaned_data["url"],
            posted_at=date_in(self.cleaned_data["date"]),
            format=Format.MARKDOWN if self.cleaned_data["markdown"] else Format.PLAIN,
        )

    def name(self) -> str:
        first_line = next((part.strip() for part in self.parts if part.strip()), "")
        return f"Pasted: {first_line.splitlines()[0][:80]}" if first_line else "Pasted text"


def way(how: str) -> Cut | None:
    return Cut(how) if how in set(Cut) else None
