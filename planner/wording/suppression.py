"""What is said when too few answered for a figure to be shown?"""

from planner.wording import N_

FINDINGS: dict[str, tuple[str, str]] = {
    "statement_too_few": (
        N_("For få har svart på %(statements)s til at noe tall kan vises."),
        N_("Samle inn flere svar, eller ta opp temaet i et verksted."),
    ),
    "owner_only_figures": (
        N_("Noen tall bygger på bare %(n)s svar. De er svært usikre og skal ikke vises for andre."),
        N_("Samle inn flere svar før tallene brukes."),
    ),
    "segment_borrows": (
        N_("For få har svart i gruppen «%(segment)s» (%(count)s). Den regnes med tallene for hele kommunen."),
        N_("Hold et verksted med dem."),
    ),
}
