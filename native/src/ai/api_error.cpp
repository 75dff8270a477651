#include "ai/api_error.h"

#include <algorithm>
#include <array>

#include "ai/retry.h"
#include "base/utf8.h"
#include "privacy/secrets.h"

namespace mydba::ai {
namespace {

constexpr std::size_t maximumQuote = 300;

/// What the service wrote.
struct Said {
  std::string text;
  std::string type;
};

Said read(std::string_view body) {
  const auto json = parseJson(body);
  if (!json) return {};
  const Json* error = member(*json, "error");
  if (error && error->is_string()) return {.text = error->get<std::string>()};
  const Json& from = error ? *error : *json;
  Said said{.text = textOf(from, "message"), .type = textOf(from, "code")};
  if (said.text.empty()) said.text = textOf(from, "detail");
  if (said.type.empty()) said.type = textOf(from, "type");
  return said;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string withoutSecrets(std::string text, std::string_view key) {
  for (std::size_t at = 0; key.size() > 3 && (at = text.find(key, at)) != std::string::npos;)
    text.replace(at, key.size(), "***");
  const auto secrets = privacy::secretsOfText(text);
  for (auto secret = secrets.rbegin(); secret != secrets.rend(); ++secret)
    text.replace(secret->start, secret->end - secret->start, "***");
  return text;
}

/// One line that can stand in a sentence.
std::string quotable(std::string_view text, std::string_view key) {
  std::string clean = withoutSecrets(std::string(text), key);
  for (char& c : clean)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  const std::string_view part = utf8Prefix(clean, maximumQuote);
  const bool cut = part.size() < clean.size();
  std::string quote(part);
  while (!quote.empty() && (quote.back() == ' ' || quote.back() == '.')) quote.pop_back();
  return cut ? quote + "…" : quote;
}

/// The identifier of a service's error; nothing else gets into `engineCode`.
std::string identifier(std::string_view type) {
  const bool plain = type.size() <= 60 && std::all_of(type.begin(), type.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
                     });
  return plain ? std::string(type) : std::string();
}

struct Meaning {
  ErrorCode code;
  const char* what;
  const char* hint;
};

bool windowIsFull(const Said& said) {
  return said.type == "context_length_exceeded" || said.type == "exceed_context_size_error" ||
         contains(said.text, "prompt is too long") || contains(said.text, "context length");
}

bool notPaid(int status, const Said& said) {
  return status == 402 || said.type == "insufficient_quota" || said.type == "billing_error" ||
         contains(said.text, "credit balance");
}

Meaning meaningOf(int status, const Said& said) {
  if (notPaid(status, said))
    return {ErrorCode::refused, "wants to be paid first",
            "check the plan and the credit of the account"};
  if (windowIsFull(said))
    return {ErrorCode::tooLarge, "says that the conversation is too long for the model",
            "start a new conversation, ask about less, or choose a model with a larger window"};
  switch (status) {
    case 400:
      return {ErrorCode::invalidParams, "does not accept the request",
              "check the name of the model and the provider's settings"};
    case 401:
      return {ErrorCode::authFailed, "does not accept the key", "set the provider's key anew"};
    case 403:
      return {ErrorCode::refused, "does not allow this",
              "check what the key may do, and whether the service is offered in your country"};
    case 404:
      return {ErrorCode::unsupported, "does not know the model or the address",
              "choose a model from the list, and check the provider's address"};
    case 408: return {ErrorCode::timeout, "gave up waiting", "try again"};
    case 413:
      return {ErrorCode::tooLarge, "says that the request is too large",
              "start a new conversation, or ask about less"};
    case 429: return {ErrorCode::refused, "limits how often it is asked", "try again in a minute"};
    case 529: return {ErrorCode::server, "is overloaded", "try again in a minute"};
    default: break;
  }
  if (status >= 500) return {ErrorCode::server, "has failed", "try again in a minute"};
  return {ErrorCode::server, "answered something unexpected", "check the provider's address"};
}

std::string inWords(std::chrono::milliseconds wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  if (seconds < 120) return std::to_string(seconds) + " s";
  return std::to_string((seconds + 59) / 60) + " minutes";
}

}  // namespace

Error apiError(const Refusal& refusal) {
  const Said said = read(refusal.body);
  const Meaning meaning = meaningOf(refusal.status, said);
  Error error{.code = meaning.code,
              .message = "`" + std::string(refusal.who) + "` " + meaning.what,
              .engineCode = std::to_string(refusal.status),
              .hint = meaning.hint,
              .retryable = worthRetrying(refusal.status) && !notPaid(refusal.status, said)};
  if (const std::string type = identifier(said.type); !type.empty()) error.engineCode += " " + type;
  // What is said about a wrong key likes to repeat it in part.
  if (const std::string quote = quotable(said.text, refusal.key);
      !quote.empty() && refusal.status != 401)
    error.message += ": " + quote;
  if (error.retryable && refusal.retryAfter)
    error.hint = "try again in " + inWords(*refusal.retryAfter);
  return error;
}

int statusOfStreamError(const Json& error) {
  if (const auto status = countOf(error, "code"); status && *status >= 400 && *status < 600)
    return static_cast<int>(*status);
  struct Named {
    std::string_view type;
    int status;
  };
  constexpr std::array<Named, 9> known{{{"invalid_request_error", 400},
                                        {"authentication_error", 401},
                                        {"billing_error", 402},
                                        {"permission_error", 403},
                                        {"not_found_error", 404},
                                        {"request_too_large", 413},
                                        {"rate_limit_error", 429},
                                        {"rate_limit_exceeded", 429},
                                        {"overloaded_error", 529}}};
  for (const std::string& type : {textOf(error, "type"), textOf(error, "code")})
    for (const Named& named : known)
      if (type == named.type) return named.status;
  return 500;
}

}  // namespace mydba::ai
