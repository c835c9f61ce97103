"""The gate whylogs beside whylogs itself."""

import runpy

import pandas

import plugin
from plugin import EXAMPLE, asked


class Whylogs(plugin.Rows):
    one_row = True

    def test_beside_the_package(self):
        """All constraints at once, by hand, have the same verdicts; and the figures are those of pandas."""
        import whylogs
        from whylogs.core.constraints import ConstraintsBuilder

        rows = pandas.read_parquet(asked()["tables"]["current"])
        builder = ConstraintsBuilder(dataset_profile_view=whylogs.log(rows).profile().view())
        for constraint in runpy.run_path(str(EXAMPLE / "constraints.py"))["constraints"]:
            builder.add_constraint(constraint)
        wanted = {it.name: it.passed for it in builder.build().generate_constraints_report()}
        checks = self.ran().checks()
        self.assertEqual({name: int(check["outcome"] == "passed") for name, check in checks.items()}, wanted)
        self.assertEqual(set(wanted.values()), {0, 1})
        mean = next(check for name, check in checks.items() if "mean" in name)
        self.assertAlmostEqual(mean["evidence"]["summary"]["mean"], rows["income"].mean(), delta=1e-9 * rows["income"].mean())

    def test_bad_constraints(self):
        """What is no list of constraints is refused."""
        path = f"{self.folder}/constraints.py"
        start = "from whylogs.core.constraints.factories import no_missing_values as n\nconstraints = "
        for text, word in (
            ("a = 1", "defines no 'constraints'"), ("a =", "cannot be read"), ("constraints = [1]", "a int among"),
            (start + "[n('wealth')]", "does not have"), (start + "[n('age'), n('age')]", "two constraints are called"),
        ):
            with open(path, "w") as file:
                file.write(text)
            self.refuses(word, constraints=path)
