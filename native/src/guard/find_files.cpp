#include "guard/examine.h"

namespace mydba::guard {
namespace {

using Kind = sql::StatementKind;
using Channel = sql::FileUse::Channel;

/// COPY to the client reads a table and COPY from it inserts; LOAD DATA LOCAL reads any file that
/// the client's user may read.
void findClientStream(const Subject& subject, const sql::FileUse& file, Findings& out) {
  if (subject.statement.kind != Kind::copy)
    out.add("files", file.name, file.position);
  else if (!file.written)
    out.add("insert", "a table", file.position);
}

}  // namespace

void findFiles(const Subject& subject, Findings& out) {
  for (const auto& file : subject.statement.files) {
    switch (file.channel) {
      case Channel::client: findClientStream(subject, file, out); break;
      case Channel::program: out.add("programs", file.name, file.position); break;
      case Channel::file: out.add("files", file.name, file.position); break;
    }
  }
}

}  // namespace mydba::guard
