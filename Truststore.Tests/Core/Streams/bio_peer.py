"""One side of a TLS connection by Python's ssl.SSLObject over standard input and output: sends back each line in upper case until the peer closes, then closes.

Arguments: client or server, 1.2 or 1.3, bytes to read at a time, host, CA file, certificate file, key file (a dash for none).
Its report is one line of JSON on standard error.
"""

import hashlib
import json
import os
import ssl
import sys


class Peer:
    def __init__(self, role, version, size, host, ca, certificate, key):
        is_server = role == "server"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if is_server else ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2 if version == "1.2" else ssl.TLSVersion.TLSv1_3
        context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
        context.set_alpn_protocols(["h2", "http/1.1"])
        if ca != "-":
            context.load_verify_locations(cafile=ca)
            context.verify_mode = ssl.CERT_REQUIRED
        if certificate != "-":
            context.load_cert_chain(certificate, key)
        self.size = int(size)
        self.incoming = ssl.MemoryBIO()
        self.outgoing = ssl.MemoryBIO()
        self.tls = context.wrap_bio(self.incoming, self.outgoing, server_side=is_server, server_hostname=None if is_server else host)

    def send(self):
        while self.outgoing.pending:
            data = self.outgoing.read(self.size)
            while data:
                data = data[os.write(1, data):]

    def run(self, step, *arguments):
        while True:
            try:
                return step(*arguments)
            except ssl.SSLWantReadError:
                self.send()
                data = os.read(0, self.size)
                if data:
                    self.incoming.write(data)
                else:
                    self.incoming.write_eof()
            finally:
                self.send()

    def serve(self):
        self.run(self.tls.do_handshake)
        report = self.describe()
        try:
            while data := self.run(self.tls.read, 16384):
                self.run(self.tls.write, data.upper())
            self.run(self.tls.unwrap)
            report["end"] = "closed"
        except ssl.SSLZeroReturnError:
            self.run(self.tls.unwrap)
            report["end"] = "closed"
        except ssl.SSLError as error:
            report["end"] = "truncated" if error.reason == "UNEXPECTED_EOF_WHILE_READING" else error.reason
        return report

    def describe(self):
        certificate = self.tls.getpeercert(binary_form=True)
        unique = self.tls.get_channel_binding("tls-unique")
        return {
            "version": self.tls.version(),
            "alpn": self.tls.selected_alpn_protocol(),
            "peer": hashlib.sha256(certificate).hexdigest() if certificate else None,
            "unique": unique.hex() if unique else None,
        }


def main():
    try:
        report = Peer(*sys.argv[1:]).serve()
    except ssl.SSLError as error:
        report = {"error": error.reason, "verification": getattr(error, "verify_message", None)}
    print(json.dumps(report), file=sys.stderr)


main()
