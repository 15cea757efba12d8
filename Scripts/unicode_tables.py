#!/usr/bin/env python3
"""Writes Sources/MerlonPython/UnicodeTables.swift from the `unicodedata` and the codecs of the Python that runs this.

    Scripts/unicode_tables.py > Sources/MerlonPython/UnicodeTables.swift
"""

import codecs
import encodings.aliases
import unicodedata

CHARSETS = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp852 cp866 cp874 iso8859_2 iso8859_3 "
    "iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10 iso8859_13 iso8859_14 iso8859_15 "
    "iso8859_16 koi8_r koi8_u mac_cyrillic mac_greek mac_latin2 mac_roman"
).split()

# Names that NameAliases.txt of Unicode gives beside the one that the standard library knows.
ALIASES = """
NULL NUL|START OF HEADING|SOH|START OF TEXT|STX|END OF TEXT|ETX|END OF TRANSMISSION|EOT|ENQUIRY|ENQ|ACKNOWLEDGE|ACK
ALERT|BEL|BACKSPACE|BS|CHARACTER TABULATION|HORIZONTAL TABULATION|HT|TAB|LINE FEED|NEW LINE|END OF LINE|LF|NL|EOL
LINE TABULATION|VERTICAL TABULATION|VT|FORM FEED|FF|CARRIAGE RETURN|CR|SHIFT OUT|LOCKING-SHIFT ONE|SO|SHIFT IN
LOCKING-SHIFT ZERO|SI|DATA LINK ESCAPE|DLE|DEVICE CONTROL ONE|DC1|DEVICE CONTROL TWO|DC2|DEVICE CONTROL THREE|DC3
DEVICE CONTROL FOUR|DC4|NEGATIVE ACKNOWLEDGE|NAK|SYNCHRONOUS IDLE|SYN|END OF TRANSMISSION BLOCK|ETB|CANCEL|CAN
END OF MEDIUM|EOM|EM|SUBSTITUTE|SUB|ESCAPE|ESC|INFORMATION SEPARATOR FOUR|FILE SEPARATOR|FS
INFORMATION SEPARATOR THREE|GROUP SEPARATOR|GS|INFORMATION SEPARATOR TWO|RECORD SEPARATOR|RS
INFORMATION SEPARATOR ONE|UNIT SEPARATOR|US|SP|DELETE|DEL|PADDING CHARACTER|PAD|HIGH OCTET PRESET|HOP
BREAK PERMITTED HERE|BPH|NO BREAK HERE|NBH|INDEX|IND|NEXT LINE|NEL|START OF SELECTED AREA|SSA|END OF SELECTED AREA|ESA
CHARACTER TABULATION SET|HORIZONTAL TABULATION SET|HTS|CHARACTER TABULATION WITH JUSTIFICATION
HORIZONTAL TABULATION WITH JUSTIFICATION|HTJ|LINE TABULATION SET|VERTICAL TABULATION SET|VTS|PARTIAL LINE FORWARD
PARTIAL LINE DOWN|PLD|PARTIAL LINE BACKWARD|PARTIAL LINE UP|PLU|REVERSE LINE FEED|REVERSE INDEX|RI
SINGLE SHIFT TWO|SINGLE-SHIFT-2|SS2|SINGLE SHIFT THREE|SINGLE-SHIFT-3|SS3|DEVICE CONTROL STRING|DCS|PRIVATE USE ONE
PRIVATE USE-1|PU1|PRIVATE USE TWO|PRIVATE USE-2|PU2|SET TRANSMIT STATE|STS|CANCEL CHARACTER|CCH|MESSAGE WAITING|MW
START OF GUARDED AREA|START OF PROTECTED AREA|SPA|END OF GUARDED AREA|END OF PROTECTED AREA|EPA|START OF STRING|SOS
SINGLE GRAPHIC CHARACTER INTRODUCER|SGC|SINGLE CHARACTER INTRODUCER|SCI|CONTROL SEQUENCE INTRODUCER|CSI
STRING TERMINATOR|ST|OPERATING SYSTEM COMMAND|OSC|PRIVACY MESSAGE|PM|APPLICATION PROGRAM COMMAND|APC|NBSP|SHY|CGJ|ALM
FVS1|FVS2|FVS3|FVS4|MVS|ZWSP|ZWNJ|ZWJ|LRM|RLM|LRE|RLE|PDF|LRO|RLO|NNBSP|MMSP|WJ|LRI|RLI|FSI|PDI
BYTE ORDER MARK|BOM|ZWNBSP
"""


def packed(items, separator=";"):
    """Lines of a Swift string literal, each ending with the separator of items."""
    text = separator.join(items) + separator
    lines = []
    while len(text) > 112:
        cut = max(text.rfind(separator, 0, 112), text.rfind(",", 0, 112)) + 1
        lines.append(text[:cut])
        text = text[cut:]
    lines.append(text)
    return "\n".join("    " + line for line in lines)


def decompositions():
    """`first[+count]:scalars` for what NFKC changes in an identifier; a run maps to consecutive characters."""
    runs = []
    for value in range(0x110000):
        character = chr(value)
        if 0xAC00 <= value <= 0xD7A3 or not ("a" + character).isidentifier():
            continue
        mapped = [ord(part) for part in unicodedata.normalize("NFKD", character)]
        if mapped == [value]:
            continue
        if runs and len(mapped) == 1 and len(runs[-1][2]) == 1:
            first, count, target = runs[-1]
            if value == first + count and mapped[0] == target[0] + count:
                runs[-1] = (first, count + 1, target)
                continue
        runs.append((value, 1, mapped))
    for first, count, mapped in runs:
        yield f"{first:X}" + (f"+{count:X}" if count > 1 else "") + ":" + ",".join(f"{part:X}" for part in mapped)


def compositions():
    """`composed:first,second` for the pairs that NFC puts together."""
    for value in range(0x110000):
        character = chr(value)
        parts = unicodedata.decomposition(character)
        if not parts or parts.startswith("<") or " " not in parts:
            continue
        if unicodedata.normalize("NFC", unicodedata.normalize("NFD", character)) == character:
            first, second = parts.split()
            yield f"{value:X}:{int(first, 16):X},{int(second, 16):X}"


def aliases():
    """`scalar:name` for names that only NameAliases.txt has."""
    names = [name.strip() for name in ALIASES.replace("NULL NUL", "NULL|NUL").replace("\n", "|").split("|")]
    names += [f"VS{number}" for number in range(1, 257)]
    for name in names:
        if name:
            yield f"{ord(unicodedata.lookup(name)):X}:{name}"


def charsets():
    """`name,alias,…:` and the characters of the bytes from 128 on."""
    for name in CHARSETS:
        other = sorted(alias for alias, target in encodings.aliases.aliases.items() if target == name)
        characters = []
        for byte in range(128, 256):
            try:
                characters.append(f"{ord(codecs.decode(bytes([byte]), name)):X}")
            except UnicodeDecodeError:
                characters.append("FFFD")
        yield ",".join([name] + other) + ":" + ",".join(characters)


def multibyte():
    """Names of the encodings that CPython knows and Merlon does not read."""
    known = set(CHARSETS)
    skip = {"ascii", "utf_8", "latin_1", "utf_7", "utf_16", "utf_32", "utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be"}
    for target in sorted(set(encodings.aliases.aliases.values())):
        if target in known or target in skip or target.endswith("_codec") or target in ("rot_13", "tactis", "mbcs"):
            continue
        yield ",".join([target] + sorted(a for a, t in encodings.aliases.aliases.items() if t == target))


def main():
    print("// Generated by Scripts/unicode_tables.py: do not edit.\n")
    print("/// Facts of Unicode " + unicodedata.unidata_version + " and of charsets, as text that is read when first needed.")
    print("enum UnicodeTables {")
    for name, comment, items in (
        ("decompositions", decompositions.__doc__, decompositions()),
        ("compositions", compositions.__doc__, compositions()),
        ("aliases", aliases.__doc__, aliases()),
        ("charsets", charsets.__doc__, charsets()),
        ("multibyte", multibyte.__doc__, multibyte()),
    ):
        text = comment[0].upper() + comment[1:]
        print(f"  /// {text}")
        print(f'  static let {name}: StaticString = """')
        print(packed(list(items)))
        print('    """')
        if name != "multibyte":
            print()
    print("}")


main()
