"""
What the database holds: people by a name of their choice, and the rows of their vaults, all of it ciphertext.

There is no password here. A passphrase is right when it opens the vault.
"""

from __future__ import annotations

from django.db import models

TAG_BYTES = 16


class Person(models.Model):
    """
    Whoever has a vault here. On one's own machine there is one, without a name.

    Attributes:
        name: Chosen by the person; it can be anything.
        n_wrong: Wrong passphrases since the last right one.
        wait_until: When the next try is heard, after several wrong ones.
    """

    name = models.CharField(max_length=80, unique=True)
    n_wrong = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Never the name: this ends up in logs."""
        return f"person {self.pk}"


class VaultHeader(models.Model):
    """The header of a person's vault."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="header")
    content = models.BinaryField()


class Token(models.Model):
    """That a program of the person's own may open the vault; see `web.api.tokens`."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="token")
    digest = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()


class VaultRow(models.Model):
    """One sealed record of a vault."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rows")
    record = models.CharField(max_length=64)
    kind = models.BinaryField(max_length=TAG_BYTES)
    version = models.BinaryField(max_length=TAG_BYTES)
    sealed = models.BinaryField()

    class Meta:
        """A record has one row."""

        constraints = [models.UniqueConstraint(fields=["person", "record"], name="one_row_a_record")]  # noqa: RUF012
