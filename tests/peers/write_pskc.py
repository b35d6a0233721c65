"""Writes containers by every cipher, MAC and derivation of python-pskc into a folder, and the same keys in clear.

A file is called KIND.KEY-LENGTH.CIPHER….xml; KEY-LENGTH.key has the pre-shared key, passphrase.key the passphrase.
"""

import hashlib
import os
import sys
import warnings

warnings.simplefilter("ignore")

from pskc import PSKC

FOLDER = sys.argv[1]
PASSPHRASE = "mot de passe d'essai é"
MACS = ["hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"]
KEYS = {16: bytes(range(16)), 24: bytes(range(50, 74)), 32: bytes(range(100, 132))}
CHAINED = {
    "tripledes-cbc": 24, "aes128-cbc": 16, "aes192-cbc": 24, "aes256-cbc": 32,
    "camellia128-cbc": 16, "camellia192-cbc": 24, "camellia256-cbc": 32,
}
WRAPS = {
    "kw-tripledes": 24, "kw-aes128": 16, "kw-aes192": 24, "kw-aes256": 32,
    "kw-camellia128": 16, "kw-camellia192": 24, "kw-camellia256": 32,
}


def container(whole):
    """Makes a container of two keys; what triple DES wraps is whole blocks of 8 bytes."""
    pskc = PSKC()
    for number, length in enumerate([24, 32] if whole else [20, 32]):
        serial = "%d%03d" % (26008, number + (10 if whole else 0))
        pskc.add_key(
            id=serial, serial=serial, manufacturer="ACME OTP", algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp",
            response_encoding="DECIMAL", response_length=8 if number else 6, time_interval=60,
            secret=hashlib.sha512(serial.encode()).digest()[:length])
    return pskc


def write(name, pskc):
    pskc.write(os.path.join(FOLDER, name + ".xml"))


def encrypt(pskc, cipher, length, prf, fields):
    if prf is None:
        pskc.encryption.setup_preshared_key(algorithm=cipher, key=KEYS[length], key_name="essai", fields=fields)
    else:
        pskc.encryption.setup_pbkdf2(
            PASSPHRASE, algorithm=cipher, key_length=length, iterations=1000, prf=prf or None, fields=fields)


for length, key in KEYS.items():
    with open(os.path.join(FOLDER, "%d.key" % length), "w") as file:
        file.write(key.hex() + "\n")
with open(os.path.join(FOLDER, "passphrase.key"), "w", encoding="utf-8") as file:
    file.write(PASSPHRASE + "\n")
write("plain", container(False))
write("plain-whole", container(True))
for kind, prfs in (("key", [None]), ("passphrase", ["", "hmac-sha1", "hmac-sha256", "hmac-sha512"])):
    for prf in prfs:
        for cipher, length in CHAINED.items():
            for mac in MACS if prf in (None, "hmac-sha256") else MACS[:1]:
                # With a MAC key of its own, and with the encryption key; with the seed alone encrypted, and a number too.
                for own in (True, False):
                    pskc = container(False)
                    pskc.mac.setup(algorithm=mac, key=os.urandom(24))
                    encrypt(pskc, cipher, length, prf, ["secret"] if own else ["secret", "time_interval"])
                    if not own:
                        pskc.mac.key = None
                    write("%s.%d.%s.%s.%s.%s" % (kind, length, cipher, mac, own, prf), pskc)
        for cipher, length in WRAPS.items():
            pskc = container(cipher == "kw-tripledes")
            encrypt(pskc, cipher, length, prf, ["secret"])
            write("%s.%d.%s.%s" % (kind, length, cipher, prf), pskc)
# 3DES by a key of two thirds.
pskc = container(False)
encrypt(pskc, "tripledes-cbc", 16, None, ["secret"])
write("key.16.tripledes-cbc", pskc)
