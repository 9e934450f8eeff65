"""A town's dictionary form: «Вологды» is Вологда."""

from optfm.text.morphology import analyser


def nominative(town: str) -> str:
    """The town as the map has it, where the dictionary is sure; else the words as they came.

    Sure is one word that is a town in every reading of it, and one town: «Кирова» may be a
    surname, «Самары» another town.
    """
    low = town.lower()
    if not low.isalpha() or not analyser().word_is_known(low):
        return town
    readings = analyser().parse(low)
    names = {str(reading.normal_form) for reading in readings}
    if len(names) != 1 or not all("Geox" in reading.tag.grammemes for reading in readings):
        return town
    return names.pop().capitalize()


def names_a_town(text: str) -> bool:
    """Whether one of the words is a place's name in the dictionary, in any case."""
    return any(
        "Geox" in reading.tag.grammemes
        for word in text.split()
        for reading in analyser().parse(word.strip(",.!"))
    )
