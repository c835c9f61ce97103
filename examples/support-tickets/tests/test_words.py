"""What must hold of every model that sorts support tickets, whatever its figures say."""

import pytest
import skops.io


@pytest.fixture(scope="session")
def model(candidate_file):
    return skops.io.load(candidate_file, trusted=[])


@pytest.mark.parametrize("text", [
    "my phone was stolen",
    "my card was stolen, please block it",
    "there is fraud on my account",
    "urgent: my password was stolen. thank you",
])
def test_a_theft_is_of_security(model, text):
    assert model.predict([text]) == ["security"]


@pytest.mark.parametrize("text", [
    "I was charged twice for the premium plan", "the app crashes when I open my order", "my password was stolen",
])
@pytest.mark.parametrize("words", ["hello, {}", "{}. thank you", "{}!!", "URGENT: {}"])
def test_manners_change_nothing(model, text, words):
    assert model.predict([words.format(text)]) == model.predict([text])


def test_no_ticket_of_security_is_lost_to_other(candidate, holdout):
    security = candidate[holdout["topic"] == "security"]
    shares = security[[name for name in security if name.startswith("score.")]]
    assert (shares.idxmax(axis=1) == "score.other").mean() < 0.05
