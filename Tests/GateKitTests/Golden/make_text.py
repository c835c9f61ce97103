"""Writes text.json and text-stems.json: the metrics of texts as the libraries that define them compute them.

    python3 -m venv venv && venv/bin/pip install --require-hashes -r requirements-text.txt
    venv/bin/python make_text.py

text.json is a list of cases {"name", "inputs", "expected"}, in the form of make_metrics.py. Inputs are
references, predictions and weights (whole numbers; may be missing), or "generate": how to make them,
as `generated` below does. A key of "expected" is the metric's name and then its arguments. A weight
is how often the row stands in what the library is given. text-stems.json is {"word": "stem"}.

bleu, sentence_bleu, length_ratio, chrf, chrf++ are sacrebleu's; rouge_* rouge-score's, the mean over
the rows; exact_match and token_f1 those of SQuAD 2.0's script, of which transformers has a copy;
levenshtein_ratio rapidfuzz's and python-Levenshtein's, the mean over the rows; word_error_rate and
character_error_rate jiwer's. Where a library answers though there is no such number, it is
{"undefined": why}: where no reference has words or characters; and for bleu where an order counts of
which no prediction has an n-gram, which sacrebleu calls "technically undefined", though something
matches.
"""

import importlib.metadata
import json
import logging
import pathlib
import random

import jiwer
import Levenshtein
import rapidfuzz
from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF
from transformers.data.metrics import squad_metrics

HERE = pathlib.Path(__file__).parent
VERSIONS = {
    "sacrebleu": "2.6.0", "rouge_score": "0.1.2", "nltk": "3.10.4", "RapidFuzz": "3.14.6",
    "Levenshtein": "0.27.5", "jiwer": "4.0.0", "transformers": "4.57.6",
}


class Undefined(Exception):
    pass


# --- metrics --------------------------------------------------------------------------------------


def mean(values):
    values = list(values)
    return float(sum(values) / len(values))


def flag(arguments, name):
    return arguments.get(name) == "true"


def bleu_of(arguments, effective):
    value = arguments.get("smooth_value")
    return BLEU(
        lowercase=flag(arguments, "lowercase"), tokenize=arguments.get("tokenize", "13a"),
        smooth_method=arguments.get("smooth_method", "exp"),
        smooth_value=float(value) if value else None,
        max_ngram_order=int(arguments.get("max_ngram_order", 4)), effective_order=effective)


def bleu(references, predictions, arguments):
    metric = bleu_of(arguments, flag(arguments, "effective_order"))
    score = metric.corpus_score(predictions, [references])
    if score.ref_len == 0:
        raise Undefined("no reference has words")
    if any(score.counts) and not metric.effective_order:
        for count, total in zip(score.counts, score.totals):
            if count == 0 and total > 0 and metric.smooth_method == "none":
                break
            if total == 0:
                raise Undefined("no prediction has so many words in a row")
    return score.score


def sentence_bleu(references, predictions, arguments):
    metric = bleu_of(arguments, True)
    return mean(metric.sentence_score(p, [r]).score for r, p in zip(references, predictions))


def length_ratio(references, predictions, arguments):
    score = bleu_of(arguments, False).corpus_score(predictions, [references])
    if score.ref_len == 0:
        raise Undefined("no reference has words")
    return score.sys_len / score.ref_len


def chrf(references, predictions, arguments, words=0):
    beta = float(arguments.get("beta", 2))
    metric = CHRF(
        char_order=int(arguments.get("char_order", 6)),
        word_order=int(arguments.get("word_order", words)), beta=beta,
        lowercase=flag(arguments, "lowercase"), whitespace=flag(arguments, "whitespace"))
    if not any(text if metric.whitespace else text.split() for text in references):
        raise Undefined("no reference has characters")
    return metric.corpus_score(predictions, [references]).score


def rouge(kind):
    def measured(references, predictions, arguments):
        name = kind or f"rouge{arguments['n']}"
        scorer = rouge_scorer.RougeScorer([name], use_stemmer=flag(arguments, "use_stemmer"))
        measure = arguments.get("measure", "fmeasure")
        return mean(
            getattr(scorer.score(r, p)[name], measure) for r, p in zip(references, predictions))

    return measured


def exact_match(references, predictions, arguments):
    if arguments.get("normalize") == "squad":
        return mean(squad_metrics.compute_exact(r, p) for r, p in zip(references, predictions))
    return mean(r == p for r, p in zip(references, predictions))


def token_f1(references, predictions, arguments):
    return mean(squad_metrics.compute_f1(r, p) for r, p in zip(references, predictions))


def levenshtein_ratio(references, predictions, arguments):
    pairs = list(zip(references, predictions))
    if arguments.get("normalization") == "indel":
        ours = [rapidfuzz.fuzz.ratio(r, p) / 100 if r or p else 1.0 for r, p in pairs]
        theirs = [Levenshtein.ratio(r, p) for r, p in pairs]
        assert all(abs(a - b) < 1e-12 for a, b in zip(ours, theirs))
        return mean(theirs)
    return mean(rapidfuzz.distance.Levenshtein.normalized_similarity(r, p) for r, p in pairs)


def error_rate(process, name):
    def measured(references, predictions, arguments):
        output = process(references, predictions)
        if output.hits + output.substitutions + output.deletions == 0:
            raise Undefined("no reference has any")
        return float(getattr(output, name))

    return measured


METRICS = {
    "bleu": bleu, "sentence_bleu": sentence_bleu, "length_ratio": length_ratio, "chrf": chrf,
    "chrf++": lambda *given: chrf(*given, words=2), "rouge_1": rouge("rouge1"),
    "rouge_2": rouge("rouge2"), "rouge_n": rouge(None), "rouge_l": rouge("rougeL"),
    "rouge_lsum": rouge("rougeLsum"), "exact_match": exact_match, "token_f1": token_f1,
    "levenshtein_ratio": levenshtein_ratio,
    "word_error_rate": error_rate(jiwer.process_words, "wer"),
    "character_error_rate": error_rate(jiwer.process_characters, "cer"),
}

STANDARD = list(METRICS)
STANDARD[STANDARD.index("rouge_n")] = "rouge_n n=3"
KEYS = STANDARD + [
    "bleu tokenize=intl", "bleu tokenize=char", "bleu tokenize=none", "bleu lowercase=true",
    "bleu smooth_method=floor", "bleu smooth_method=floor smooth_value=0.5",
    "bleu smooth_method=add-k", "bleu smooth_method=add-k smooth_value=2.5",
    "bleu smooth_method=none", "bleu max_ngram_order=1", "bleu max_ngram_order=7",
    "bleu effective_order=true", "bleu tokenize=intl lowercase=true max_ngram_order=2",
    "sentence_bleu smooth_method=floor", "sentence_bleu smooth_method=add-k tokenize=none",
    "sentence_bleu smooth_method=none lowercase=true",
    "sentence_bleu smooth_method=add-k smooth_value=0.3 max_ngram_order=3", "length_ratio tokenize=char",
    "chrf char_order=3 beta=1", "chrf whitespace=true", "chrf lowercase=true", "chrf word_order=1",
    "chrf++ char_order=4 lowercase=true whitespace=true beta=0.5", "rouge_1 measure=recall",
    "rouge_1 use_stemmer=true", "rouge_2 measure=precision use_stemmer=true", "rouge_n n=1",
    "rouge_n n=4 measure=recall", "rouge_l measure=precision", "rouge_l use_stemmer=true",
    "rouge_lsum measure=recall", "rouge_lsum use_stemmer=true measure=precision",
    "exact_match normalize=squad", "levenshtein_ratio normalization=indel",
]


def expected(inputs, keys):
    references, predictions = inputs["references"], inputs["predictions"]
    weights = inputs.get("weights") or [1] * len(references)
    rows = [row for row, weight in enumerate(weights) for _ in range(weight)]
    result = {}
    for key in keys:
        name, *words = key.split(" ")
        arguments = dict(word.split("=") for word in words)
        try:
            result[key] = METRICS[name](
                [references[row] for row in rows], [predictions[row] for row in rows], arguments)
        except Undefined as why:
            result[key] = {"undefined": str(why)}
    return result


# --- inputs ---------------------------------------------------------------------------------------

PLAIN = (
    "the a an loan was income applicant of too low for this not is repaid late refused because "
    "month two years proof no and in full defaulted relational conditions happily flies dying "
    "hopefulness adjustable The Loan INCOME agreed plastered motoring sized falling generously"
).split()
MARKS = [
    ".", ",", "!", "1,000.50", "3.5%", "U.S.", "don't", "e-mail", "2019-2020", "5-", "-5", "...", ",,",
    ".5", "5.", "(yes)", "[x]", "{y}", "a/b", "a:b;c", "$5", "^_`", "~|", "\"quoted\"", "'single'",
    "&amp;", "&quot;hi&quot;", "&lt;b&gt;", "&amp;lt;", "<skipped>", "well-\nknown", "#1", "a.b,c",
    "x,y", "1.a", "a.1", "@you", "the.", "a-an-the", "the_a", "\\",
]
UNICODE = [
    "贷款", "被拒绝了。", "ローン", "👍🏽", "👨‍👩‍👧", "é", "e\u0301", "a\u0301", "İstanbul", "ΣΊΣΥΦΟΣ", "ΑΣ.", "ΑΣΒ",
    "\u212aelvin", "STRASSE", "straße", "ﬁn", "“q”", "«x»", "№5", "½", "5٫5", "٣", "٣.٣", "€5", "a–b", "…",
    "Ⅷ", "你好,世界", "ǅ", "ñandú", "Ärger", "thé", "an\u0308", "œuvre", "\u200b", "\u2028", "\u00a0",
    "\u3000", "\u1680", "\u0085", "\u001c", "\u0000", "x\u0000y", "\ufeff", "हिन्दी", "ا\u0644", "\U0001d400",
]
SPACES = [" "] * 12 + ["  ", "\t", "\n", " \n", "\t\t", "", "\r\n", "\v"]


def text(source, words, count):
    if count == 0:
        return ""
    out = source.choice(words)
    for _ in range(count - 1):
        out += source.choice(SPACES) + source.choice(words)
    return out


def changed(source, words, original):
    """The text with some of its words left out, replaced, doubled or swapped."""
    out = []
    for word in original.split(" "):
        draw = source.random()
        if draw < 0.1:
            continue
        out.append(source.choice(words) if draw < 0.25 else word)
        if draw > 0.95:
            out.append(word)
    if source.random() < 0.2:
        source.shuffle(out)
    return " ".join(out)


def drawn(seed, words, rows, longest, weights=False, empties=0.0):
    source = random.Random(seed)
    references = [text(source, words, source.randint(1, longest)) for _ in range(rows)]
    predictions = [
        reference if source.random() < 0.1 else changed(source, words, reference)
        for reference in references
    ]
    for row in range(rows):
        if source.random() < empties:
            references[row] = source.choice(["", " ", "\n", references[row]])
        if source.random() < empties:
            predictions[row] = source.choice(["", "\t ", ".", predictions[row]])
    inputs = {"references": references, "predictions": predictions}
    if weights:
        inputs["weights"] = [source.randint(0, 3) for _ in range(rows)]
    return inputs


def pairs(*rows):
    return {"references": [row[0] for row in rows], "predictions": [row[1] for row in rows]}


def fixed_cases():
    loan = "The income is too low for this loan."
    yield "one row", pairs((loan, "The income is too low for the loan."))
    yield "one row that is right", pairs((loan, loan))
    yield "all right", pairs((loan, loan), ("No proof of income.", "No proof of income."))
    yield "nothing in common", pairs((loan, "xyz qqq www zzz vvv"), ("abc", "uuu"))
    yield "no words written", pairs((loan, ""), ("No proof.", " \n"))
    yield "no words wanted", pairs(("", loan), (" \t", "x"))
    yield "no words at all", pairs(("", ""), (" ", "\n"))
    yield "one of three is empty on both sides", pairs((loan, loan), ("", ""), ("low", "high"))
    yield "short answers", pairs(("yes", "yes"), ("no", "yes"), ("maybe not", "maybe not"))
    yield "three words at most", pairs(("it is late", "it is late"), ("it was", "it is"))
    yield "articles only", pairs(("the", "a"), ("the a an", "!"), ("an answer", "answer"))
    yield "articles within words", pairs(
        ("a-b theory", "b theory"), ("thé an\u0301 a\u0301", "the an a"), ("x a\u00a0y", "x y"))
    yield "marks only", pairs(("!!! ... ,,,", "!! .. ,"), ("-", "--"), ("(a)", "( a )"))
    yield "one letter again and again", pairs(("a " * 90, "a " * 70), ("aaaa" * 40, "aaa" * 50))
    yield "other order", pairs(("one two three four five", "five four three two one"))
    yield "composed and decomposed", pairs(("caf\u00e9", "cafe\u0301"), ("e\u0301", "\u00e9"))
    yield "capital sigma", pairs(("ΟΔΥΣΣΕΥΣ ΣΑΣ Σ", "οδυσσευς σας σ"), ("ΑΣ.Β ΑΣ", "ας.β ας"))
    yield "null bytes", pairs(("a\0b c", "a\0b d"), ("\0", "\0\0"), ("x", "x\0"))
    yield "lines", pairs(
        ("the loan was late\nthe income is low\nno proof", "the income was low\nno loan proof"),
        ("a b c d e\nf g h", "f a c\nb d h\ne g e"), ("\n\nx y\n", "x\n\ny\r\nz"))
    yield "lines that tie", pairs(
        ("a b a b a\nb a b", "b a b a\na a b b"), ("x y z x y z", "z y x\ny x z\nx z y"))
    yield "single tabs and newlines", pairs(
        ("\tlow\tincome \t x\n", "low income x"), ("a\nb", "a b"), (" \t", "\t"))
    yield "dashes at line ends", pairs(("well-\n", "well-"), ("well-\nknown", "well known"))
    yield "entities", pairs(("&amp;quot; &lt;a&gt;", '" <a>'), ("AT&amp;T & co", "AT&T &amp; co"))


def long_cases():
    source = random.Random(77)
    words = [f"w{source.randint(0, 60)}" for _ in range(900)]
    edited = [w for w in words if source.random() > 0.1]
    other = [f"w{source.randint(0, 60)}" for _ in range(700)]
    yield "long texts", pairs(
        (" ".join(words), " ".join(edited)), (" ".join(edited[:400]), " ".join(other[:333])),
        ("\n".join(" ".join(words[i:i + 90]) for i in range(0, 450, 90)),
         "\n".join(" ".join(edited[i:i + 75]) for i in range(0, 450, 75))))
    yield "long texts apart", pairs((" ".join(other), "x " + " ".join(words[:130])))
    letters = "".join(source.choice("ab") for _ in range(1500))
    yield "long words", pairs((letters, letters[200:900] + letters[:650]), (letters[:64], letters[1:65]))


def splitmix(seed):
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        yield ((z ^ (z >> 31)) >> 11) * 2.0**-53


VOCABULARY = ["loan", "income", "late", "low", "proof", "of", "paid", "in", "full", "no"]


def generated(seed, rows):
    """Each row draws 2 to 5 words; each is written as it is (0.8), replaced (0.15) or left out."""
    values = splitmix(seed)
    references, predictions = [], []
    for _ in range(rows):
        wanted, written = [], []
        for _ in range(2 + int(next(values) * 4)):
            word = VOCABULARY[int(next(values) * 10)]
            wanted.append(word)
            draw = next(values)
            if draw < 0.8:
                written.append(word)
            elif draw < 0.95:
                written.append(VOCABULARY[int((draw - 0.8) / 0.15 * 10)])
        references.append(" ".join(wanted))
        predictions.append(" ".join(written))
    return {"references": references, "predictions": predictions}


def cases():
    every = PLAIN + MARKS + UNICODE
    yield "ten rows", drawn(1, PLAIN, 10, 14), KEYS
    yield "ten rows with marks", drawn(2, PLAIN + MARKS, 10, 14), KEYS
    yield "ten rows of all kinds", drawn(3, every, 10, 14), KEYS
    yield "a hundred rows", drawn(4, PLAIN + MARKS, 100, 25), KEYS
    yield "a hundred rows of all kinds", drawn(5, every, 100, 20), KEYS
    yield "unicode", drawn(6, UNICODE, 60, 12), KEYS
    yield "marks", drawn(7, MARKS, 60, 12), KEYS
    yield "weights", drawn(8, every, 60, 15, weights=True), KEYS
    yield "weights of plain words", drawn(9, PLAIN, 60, 15, weights=True), KEYS
    yield "empty texts", drawn(10, every, 60, 10, empties=0.3), KEYS
    yield "few words", drawn(11, PLAIN[:6], 80, 6), KEYS
    yield "short rows", drawn(12, PLAIN + MARKS, 80, 3), KEYS
    for name, inputs in [*fixed_cases(), *long_cases()]:
        yield name, inputs, KEYS
    many = ["bleu", "chrf char_order=2", "rouge_l", "word_error_rate", "exact_match"]
    yield "300,000 rows", {"generate": {"seed": 12, "n": 300_000}}, many


def stems():
    starts = (
        "relat condit vali hesit digit conform radic differ vile analog vietnam predic oper feud decis "
        "hope call form sensit triplic formal electr good reviv allow infer airlin gyroscop adjust "
        "defens irrit replac depend adopt homolog commun activ angular effect bowdler probat rat ceas "
        "control roll fly spy say y yy by syzygy trouble oat tree ivy priv orrer fail fil hop tann hiss "
        "fizz fall agre fe plaster bl motor s conflat siz happ sk enjo cat pon caress t d die l n geo theo "
        "archaeo philo xy b1 2nd a1y ox exist abs east ui yesterd boy play quay quiz").split()
    ends = (
        "|s|es|ies|ied|sses|ss|ed|eed|ing|at|bl|iz|ate|ational|tional|enci|anci|izer|abli|bli|alli|entli|"
        "eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|fulli|logi|logy|"
        "icate|ative|alize|iciti|ical|ful|ness|al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ion|sion|"
        "tion|ou|ism|iti|ous|ive|ize|e|ll|le|y|ly|ally|fully|lessly|ingly|ings|edly|ying|yed|zz|lls|ally|"
        "icalli|fulalli|yy|ay|oy|x|w|ow|ew").split("|")
    words = {start + end for start in starts for end in ends}
    words |= {
        "sky", "skies", "dying", "lying", "tying", "news", "innings", "inning", "outings", "outing",
        "cannings", "canning", "howe", "proceed", "exceed", "succeed", "dies", "died", "yyyyyyyy",
        "yyyyyyying", "12345", "ssss", "eeing", "aed", "iing", "ation", "ative", "ational",
    }
    stemmer = PorterStemmer()
    return {word: stemmer.stem(word) for word in sorted(words) if len(word) > 3}


def main():
    for name, version in VERSIONS.items():
        assert importlib.metadata.version(name) == version, name
    logging.disable(logging.WARNING)
    lines = []
    for name, inputs, keys in cases():
        rows = inputs
        if "generate" in inputs:
            rows = generated(inputs["generate"]["seed"], inputs["generate"]["n"])
            inputs["generate"]["first"] = [rows["references"][0], rows["predictions"][0]]
        case = {"name": name, "inputs": inputs, "expected": expected(rows, keys)}
        lines.append(json.dumps(case, allow_nan=False, separators=(",", ":")))
    (HERE / "text.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")
    (HERE / "text-stems.json").write_text(json.dumps(stems(), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
