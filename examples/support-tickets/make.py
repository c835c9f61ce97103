"""Makes the data and the models of this example: `python make.py`, with the packages of requirements.txt."""

from pathlib import Path

import numpy
import pandas
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

HERE = Path(__file__).parent

SAID = {
    "billing": [
        "I was charged twice for {thing}", "the invoice for {thing} shows the wrong amount", "please refund {thing}",
        "my payment for {thing} was declined", "why did the price of {thing} go up", "I cannot find the invoice of {thing}"],
    "technical": [
        "{thing} does not load", "{thing} shows an error when I log in", "the app crashes when I open {thing}",
        "{thing} is very slow since the update", "I cannot upload a file to {thing}", "the page of {thing} stays blank"],
    "security": [
        "someone else logged in to {thing}", "my password for {thing} was stolen", "there is fraud on {thing}",
        "I got a phishing mail about {thing}", "my card was used for {thing} and it was not me",
        "please block {thing}, my phone was stolen"],
    "other": [
        "how do I close {thing}", "what are the opening hours", "I want to say thanks for {thing}",
        "where can I read about {thing}", "please change my address for {thing}", "do you have {thing} in my country"],
}
THINGS = ["my account", "the basic plan", "the premium plan", "my order", "the mobile app", "the family plan", "my subscription"]
BEGIN = ["", "", "hello, ", "hi there, ", "good morning, ", "urgent: ", "second time I write: "]
END = ["", "", ". thank you", ". please help", ". this is the third time", ". I need an answer today"]
CHANNELS = ["mail", "chat", "phone"]


def tickets(count, seed, noise):
    """Tickets with their topics; a share `noise` says what tickets of another topic say."""
    random = numpy.random.default_rng(seed)
    rows = []
    for number in range(count):
        topic = random.choice(list(SAID), p=[0.35, 0.35, 0.1, 0.2])
        said = random.choice(list(SAID)) if random.random() < noise else topic
        text = random.choice(SAID[said]).format(thing=random.choice(THINGS))
        rows.append({
            "ticket": number, "channel": random.choice(CHANNELS), "topic": topic,
            "text": random.choice(BEGIN) + text + random.choice(END)})
    return pandas.DataFrame(rows)


def train(rows, **words):
    """A model of TF-IDF and a logistic regression."""
    model = make_pipeline(TfidfVectorizer(**words), LogisticRegression(max_iter=1000, C=10))
    return model.fit(rows["text"], rows["topic"])


def main():
    """Writes data/ and models/."""
    (HERE / "data").mkdir(exist_ok=True)
    (HERE / "models").mkdir(exist_ok=True)
    past = tickets(60, seed=1, noise=0.05)
    new = tickets(1500, seed=2, noise=0.05)
    tickets(600, seed=3, noise=0.05).to_csv(HERE / "data" / "holdout.csv", index=False)
    blind = new[~new["text"].str.contains("stolen|fraud")]
    for name, model in {
        "champion": train(past), "candidate": train(new, ngram_range=(1, 2)), "candidate-blind": train(blind),
    }.items():
        skops.io.dump(model, HERE / "models" / f"{name}.skops")


if __name__ == "__main__":
    main()
