"""Every check of one submission, a module to each area.

Each module says what it looks at:

    def subjects(
        submission: Submission, methodology: Methodology | None, register: Register
    ) -> Iterable[Subject]

and registers its checks with `reconcile.check.check`. `examine` puts the subjects of all modules to all
checks. A new module is added to `MODULES`.
"""
