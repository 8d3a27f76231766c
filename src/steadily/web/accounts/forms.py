"""What a person fills in to keep things and to open them again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from steadily.vault.vault import SHORTEST

HIDDEN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class NameForm(forms.Form):
    """The name of a vault, where several people use one service."""

    name = forms.CharField(label=_("A name for your vault"), max_length=80, widget=forms.TextInput(HIDDEN))


class OpenForm(forms.Form):
    """To open a vault: its passphrase, or its recovery code."""

    passphrase = forms.CharField(
        label=_("Passphrase"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class CodeForm(forms.Form):
    """To open a vault whose passphrase is forgotten."""

    code = forms.CharField(label=_("Recovery code"), max_length=100, widget=forms.TextInput(HIDDEN))


class NewPassphraseForm(forms.Form):
    """A new passphrase, twice."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        strip=False,
        min_length=SHORTEST,
        max_length=1000,
        help_text=_("At least 8 characters. Four words in a row that nobody would guess are good."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, object]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        if cleaned.get("passphrase") != cleaned.get("again"):
            self.add_error("again", _("These two are not the same."))
        return cleaned


class BackupForm(forms.Form):
    """A backup to restore."""

    backup = forms.FileField(label=_("Backup file"))
    passphrase = forms.CharField(
        label=_("The passphrase of that backup"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class EraseForm(forms.Form):
    """To erase, one has to say so."""

    sure = forms.BooleanField(label=_("Yes, erase everything. There is no way back."))
