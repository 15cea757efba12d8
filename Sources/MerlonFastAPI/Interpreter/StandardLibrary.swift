/// Top-level modules of Python's standard library (3.8 to 3.14), as far as applications import them.
enum StandardLibrary {
  static let names: Set<String> = Set(
    """
    __future__ abc aifc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar cgi cmath cmd code
    codecs collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg cProfile csv ctypes
    curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings enum errno faulthandler fcntl
    filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq
    hmac html http imaplib imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox
    marshal math mimetypes mmap multiprocessing netrc ntpath numbers operator optparse os parser pathlib pdb pickle
    pickletools pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile queue quopri
    random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site
    smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys sysconfig
    syslog tarfile telnetlib tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace
    traceback tracemalloc tty types typing typing_extensions unicodedata unittest urllib uu uuid venv warnings wave
    weakref webbrowser winreg wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
