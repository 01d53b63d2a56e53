"""What is the least that somebody must be to ask for each address? The whole table; what is not in it is not served.

PUBLIC: anybody. ROOM: anybody with the address of a workshop, which then asks for a seat. ACCOUNT: whoever has signed
in. Else a role in the municipality that the plan belongs to. The page of a form asks for as much as the
form does, but for one initiative, which whoever may not change it reads as text.
"""

PUBLIC, ROOM, ACCOUNT = "public", "room", "account"
VIEWER, FACILITATOR, DIRECTOR = "viewer", "facilitator", "director"

_PUBLIC = """
static language.choose workshop_phone.join workshop_phone.find
about.accessibility about.privacy about.template security_txt.file watching.health watching.ready watching.metrics
signin.page signin.sign_in signin.invited signin.accept
oidc.start oidc.leave oidc.callback oidc.accept
"""
_ROOM = """
workshop_phone.page workshop_phone.enter workshop_phone.news workshop_phone.score workshop_phone.comment
workshop_phone.card workshop_phone.propose workshop_phone.propose_form workshop_phone.points workshop_phone.share_form
workshop_phone.now
"""
_ACCOUNT = """
signin.sign_out signin.look_at account.page account.change account.password account.sign_out_everywhere
oidc.tie oidc.untie
"""
_VIEWER = """
plans.page
survey.page questionnaire.page questionnaire.file
gaps.page
initiatives.page initiatives.one initiatives.row initiatives.freed_one
workshop.page workshop.one
portfolio.page portfolio.outcome portfolio.reasons portfolio.problem_file
scenarios.page scenarios.saved looks.page looks.progress
report.page report.word report.pdf report.book report.annex report.annex_progress package.progress package.file
decision.page decision.file decision.word decision.pdf decision.book log.page log.file log.verifier
proposals.page proposals.progress proposals.public_list proposals.public_page proposals.public_book
followup.page followup.survey
"""
_FACILITATOR = """
plans.start plans.make_sample
survey.upload survey.columns survey.choose survey.findings survey.confirmation survey.confirm survey.cancel
survey.reading survey.reading_progress survey.stop_reading
survey_comments.page survey_comments.change survey_comments.remove
survey_weighting.page survey_weighting.save
stated.check stated.confirm stated.cancel stated.workshop stated.keep_workshop
gaps.weights
initiatives.new initiatives.add initiatives.change initiatives.row_edit initiatives.row_change
initiatives.remove initiatives.bank initiatives.add_from_bank initiatives.workbook initiatives.upload
initiatives.proposals initiatives.take_proposal initiatives.set_aside_proposal
initiatives.freed_new initiatives.freed_add initiatives.freed_change initiatives.freed_remove
workshop.new workshop.create workshop.takes workshop.rehearse workshop.edit workshop.change workshop.act
workshop.board workshop.projector workshop.projector_news workshop.adopt workshop.remove
workshop_paper.page workshop_paper.make workshop_paper.pdf workshop_paper.entry workshop_paper.keep
workshop_paper.decide workshop_paper.restart workshop_paper.form workshop_paper.upload
portfolio.attempt portfolio.relieve portfolio.stop portfolio.keep
scenarios.save scenarios.rename scenarios.remove scenarios.prove looks.ask looks.stop
report.work_out package.ask package.stop report.texts report.save_texts report.template report.example_template
proposals.new proposals.propose proposals.again_all proposals.again proposals.add_to_list proposals.remove
proposals.choose_public
followup.tell
"""
_DIRECTOR = """
plans.remove survey_kept.forget survey_comments.remove_all
decision.new decision.look decision.decide log.forget
report.upload_template report.remove_template followup.begin_next
people.page people.invite people.new_password people.withdraw people.give_role people.let_go people.rename
"""
LEAST: dict[str, str] = {
    endpoint: least
    for least, endpoints in (
        (PUBLIC, _PUBLIC),
        (ROOM, _ROOM),
        (ACCOUNT, _ACCOUNT),
        (VIEWER, _VIEWER),
        (FACILITATOR, _FACILITATOR),
        (DIRECTOR, _DIRECTOR),
    )
    for endpoint in endpoints.split()
}
# What there is only where people sign in.
SERVER_ONLY = ("signin", "oidc", "account", "people")
