#include "store/audit_chain.h"

#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <memory>

#include "codec.h"

namespace mydba::store {

std::string chainHash(std::string_view before, std::string_view body) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  EVP_DigestUpdate(context.get(), before.data(), before.size());
  EVP_DigestUpdate(context.get(), body.data(), body.size());
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  std::string text;
  for (const unsigned char byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

Result<Link> linkIn(Database& database, std::string_view sql) {
  auto statement = database.prepare(sql);
  if (!statement) return statement.error();
  const auto row = statement->step();
  if (!row) return row.error();
  return *row ? Link{statement->integer(0), statement->text(1)} : Link{};
}

Result<protocol::AuditEntry> readEntry(std::string_view body) {
  protocol::AuditEntry entry;
  const auto json = rpc::parseJson(body);
  rpc::DecodePath path("audit entry");
  if (!json || !protocol::decode(*json, entry, path))
    return Error{.code = ErrorCode::io, .message = "an entry of the audit log cannot be read"};
  return entry;
}

std::string_view timeOf(std::string_view body) {
  constexpr std::string_view name = "\"time\":\"";
  const auto at = body.find(name);
  if (at == std::string_view::npos) return {};
  const auto text = body.substr(at + name.size());
  return text.substr(0, text.find('"'));
}

std::int64_t beganOf(std::string_view body) {
  constexpr std::string_view name = "\"began\":";
  const auto at = body.find(name);
  if (at == std::string_view::npos) return 0;
  std::int64_t seq = 0;
  std::from_chars(body.data() + at + name.size(), body.data() + body.size(), seq);
  return seq;
}

}  // namespace mydba::store
