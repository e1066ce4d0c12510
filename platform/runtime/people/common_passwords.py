"""Passwords, and words of passwords, that are tried first; what stands beside the letters does not matter."""

_WORDS = """
password passwort passw parola contrasena motdepasse mypassword passwordpassword passphrase
changeme changemenow
letmein letmeinnow welcome welcomeback administrator adminadmin rootroot superuser default secret topsecret
iloveyou iloveyouforever sunshine princess football baseball basketball superman batman spiderman starwars
pokemon dragon dragonball master monkey shadow michael jennifer jordan hunter killer trustno trustnoone
qwerty qwertyuiop qwertyqwerty qwertz qwertzuiop azerty azertyuiop asdf asdfasdf asdfghjkl zxcvbnm qazwsx
qazwsxedc abcabc abcdabcd abcdef abcdefg abcdefgh testtest testtesttest testing tester demo demodemo guest
computer internet samsung whatever freedom forever liverpool chelsea arsenal barcelona summer winter spring
autumn january february monday company login loginlogin access company office joinery joineryjoinery
woaini woainiwoaini woaini mima mimamima nihao nihaonihao zhongguo beijing shanghai shenzhen woshishui
"""

#: Small letters only, but for those of digits.
COMMON = frozenset(_WORDS.split()) | {
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "q1w2e3r4t5",
    "a1b2c3d4e5",
    "123qweasdzxc",
    "1234qwerasdf",
    "147258369",
    "1472583690",
    "5201314520",
    "52013141314",
    "1314520520",
}
