"""The gate model-card on cards that are filled in and on such as are not."""

import tempfile
from pathlib import Path

import plugin


class ModelCard(plugin.Plugin):
    def card(self, text, name="card.md"):
        """A file with a text."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / name
        path.write_text(text)
        return str(path)

    def test_example_fields(self):
        """What is filled in passes; placeholders and what is not there fail."""
        ended = self.ran()
        passed = {name for name, check in ended.checks().items() if check["outcome"] == "passed"}
        self.assertEqual(passed, {"license", "model_details.owners", "Intended use", "Training data"})
        self.assertAlmostEqual(ended.answer["measurements"]["filled_percent"], 400 / 7, delta=1e-9)

    def test_placeholders(self):
        """No placeholder counts as filled in."""
        for text in ("TBD", "todo", "- TODO", "N/A", "[More Information Needed]", "...", "<!-- say more -->", "", "None."):
            check = self.ran(card=self.card(f"## Limits\n\n{text}\n\n## Next\nwords"), required=["limits"]).checks()["limits"]
            self.assertEqual(check["outcome"], "failed", text)

    def test_heading_in_code(self):
        """What stands in a block of code is no heading."""
        path = self.card("# A\n```\n## Limits\nwords\n```\n")
        self.assertEqual(self.ran(card=path, required=["Limits"]).checks()["Limits"]["outcome"], "failed")

    def test_yaml(self):
        """A card may be YAML alone; false and 0 are values."""
        path = self.card("a: {b: 0, c: false, d: }\n", "card.yaml")
        checks = self.ran(card=path, required=["a.b", "a.c", "a.d", "a.e.f"]).checks()
        self.assertEqual([check["outcome"] for check in checks.values()], ["passed", "passed", "failed", "failed"])

    def test_no_card(self):
        """What is no card is refused."""
        self.refuses("is empty", card=self.card(" \n"))
        self.refuses("cannot be read", card=self.card("a: [", "card.yaml"))
        self.refuses("no list of keys", card=self.card("- a", "card.yaml"))
        self.refuses("at least one", required=[])
        self.refuses("a field twice", required=["Intended use", "intended_use"])
