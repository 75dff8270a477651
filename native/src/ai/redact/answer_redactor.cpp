// The answer of a tool for a model: as JSON, with what may leave in it and nothing else.
//
// A tool's answer is whatever JSON its author found useful, and holds rows, users and messages of a
// server as well. So nothing goes by itself: beside the schema of its arguments each tool has a
// form of its answer (tools/answers/<tool>.json), which says of every member what it is. The form
// has the shape of the answer: an object by its members, a list by what each item is, a text by its
// kind. What the form does not name, or what is not what it says, is left out and counted.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "ai/json_text.h"
#include "ai/redact/catalogue_redactor.h"
#include "ai/redact/private_shapes.h"
#include "ai/redact/prose_sql.h"
#include "ai/redact/redactor.h"
#include "ai/redact/schema_redactor.h"
#include "ai/redact/setting_redactor.h"
#include "ai/redact/statement_words.h"
#include "ai/redact/text_plan.h"
#include "base/embedded.h"
#include "base/utf8.h"
#include "sql/keyword.h"
#include "tools/fence.h"

namespace mydba::ai {
namespace {

/// What redaction makes of a value; nothing when it is not what its kind says.
using Redacted = std::optional<Json>;

/// `word a|b|c`: one of these.
bool isListed(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('|'), list.size());
    if (list.substr(0, end) == word) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

class AnswerRedactor {
 public:
  AnswerRedactor(Draft& draft, Conversation& conversation)
      : draft_(draft), conversation_(conversation) {}

  /// Texts of the call, which the answer may quote.
  void learnCall(const Json& arguments) {
    if (arguments.is_string()) learn(arguments.get_ref<const std::string&>());
    if (arguments.is_structured())
      for (const Json& each : arguments) learnCall(each);
  }

  /// Statements and conditions of the answer, which its sentences may quote.
  void learnAnswer(const Json& form, const Json& answer) {
    if (form.is_array() && form.size() == 1 && answer.is_array()) {
      for (const Json& item : answer) learnAnswer(form[0], item);
    } else if (form.is_object() && answer.is_object()) {
      for (const auto& [name, part] : form.items())
        if (const Json* value = member(answer, name)) learnAnswer(part, *value);
    } else if (form.is_string() && answer.is_string()) {
      const auto& text = answer.get_ref<const std::string&>();
      if (form == "sql") learn(text);
      if (form == "plan")
        for (const std::string& condition : conditionsOf(text)) learn(condition);
    }
  }

  Redacted redact(const Json& form, const Json& answer, const Json& owner) {
    Redacted made;
    if (form.is_object())
      made = object(form, answer);
    else if (form.is_array() && form.size() == 1)
      made = list(form[0], answer);
    else if (form.is_string())
      made = value(form.get_ref<const std::string&>(), answer, owner);
    if (!made) ++draft_.masked["left_out"];
    return made;
  }

 private:
  void learn(const std::string& text) {
    if (!validUtf8(text)) return;
    quoted_.push_back(text);
    words_.learn(text, *conversation_.dialect);
    // Its names are names in the answer too.
    Draft unused;
    if (sqlLength(text, *conversation_.dialect) > 0) redactSql(unused, conversation_, text);
  }

  Redacted object(const Json& form, const Json& answer) {
    if (!answer.is_object()) return std::nullopt;
    Json made = Json::object();
    for (const auto& [name, value] : answer.items()) {
      const Json* part = member(form, name);
      if (!part) {
        ++draft_.masked["left_out"];
        continue;
      }
      if (*part == "drop") continue;
      if (auto redacted = redact(*part, value, answer)) made[name] = std::move(*redacted);
    }
    return made;
  }

  Redacted list(const Json& form, const Json& answer) {
    if (!answer.is_array()) return std::nullopt;
    Json made = Json::array();
    for (const Json& item : answer)
      if (auto redacted = redact(form, item, answer)) made.push_back(std::move(*redacted));
    return made;
  }

  Redacted value(std::string_view form, const Json& answer, const Json& owner) {
    const std::size_t blank = std::min(form.find(' '), form.size());
    const std::string_view kind = form.substr(0, blank);
    const std::string_view more = form.substr(std::min(blank + 1, form.size()));
    if (kind == "number")
      return answer.is_number() || answer.is_boolean() ? Redacted(answer) : std::nullopt;
    if (kind == "rows") return rows(answer);
    if (kind == "object") return catalogueObject(answer);
    if (kind == "document") return document(answer);
    if (!answer.is_string() || !validUtf8(answer.get_ref<const std::string&>()))
      return std::nullopt;
    return text(kind, more, answer.get_ref<const std::string&>(), owner);
  }

  template <typename Redact>
  Redacted apart(const Redact& redact) {
    return Json(ai::apart(draft_, redact));
  }

  Redacted text(std::string_view kind, std::string_view more, const std::string& text,
                const Json& owner) {
    const auto kept = [&](bool may) { return may ? Redacted(text) : std::nullopt; };
    Draft unused;
    if (kind == "word") return kept(isListed(more, text));
    if (kind == "id") return kept(isId(text));
    if (kind == "rule") return kept(redactRule(unused, text));
    if (kind == "anchor" || kind == "url") return kept(isOfDocuments(kind, text));
    bool known = true;
    auto made = apart([&](Draft& own) {
      if (kind == "detail")
        redactDetail(own, conversation_, text, textOf(owner, "kind"));
      else if (kind == "name")
        redactName(own, conversation_, text, nameKind(more));
      else
        known = write(own, kind, text);
    });
    return known ? made : std::nullopt;
  }

  static NameKind nameKind(std::string_view word) {
    if (word == "schema") return NameKind::schema;
    if (word == "table") return NameKind::table;
    if (word == "column") return NameKind::column;
    return word == "index" ? NameKind::index : NameKind::other;
  }

  /// False for a kind that is none.
  bool write(Draft& own, std::string_view kind, const std::string& text) {
    if (kind == "sql") return redactSql(own, conversation_, text), true;
    if (kind == "plan") return redactTextPlan(own, conversation_, text, quoted_), true;
    if (kind == "step") return redactStep(own, conversation_, text), true;
    if (kind == "type") return redactType(own, conversation_, text), true;
    if (kind == "path") return redactPathText(own, conversation_, text), true;
    if (kind == "column") return column(own, text), true;
    if (kind == "connection") return connection(own, text), true;
    if (kind == "setting") return redactSetting(own, conversation_, text), true;
    if (kind == "value") return redactSettingValue(own, conversation_, text), true;
    if (kind != "prose" && kind != "message") return false;
    const Numbers numbers = kind == "prose" ? Numbers::keep : Numbers::mask;
    redactRemark(own, conversation_, text, quoted_, numbers);
    return true;
  }

  /// A process of a server.
  static bool isId(const std::string& text) {
    constexpr std::size_t longest = 20;
    return !text.empty() && text.size() <= longest &&
           text.find_first_not_of("0123456789") == text.npos;
  }

  static bool isOfDocuments(std::string_view kind, const std::string& text) {
    if (text.empty()) return false;
    const std::string path = "rag-docs/" + text.substr(0, text.find('#')) + ".md";
    for (const EmbeddedFile& file : embeddedFiles()) {
      if (!file.path.starts_with("rag-docs/")) continue;
      if (kind == "anchor" ? file.path == path : file.text.find(text) != file.text.npos)
        return true;
    }
    return false;
  }

  /// Servers name a column after its expression, with the texts in it.
  void column(Draft& made, const std::string& name) {
    if (words_.quotesValue(name))
      putValue(made, conversation_, ValueKind::text, name, name);
    else
      redactName(made, conversation_, name, NameKind::column);
  }

  /// People call a connection after its host.
  void connection(Draft& made, const std::string& name) {
    const std::string lower = sql::lowerCase(name);
    bool isPrivate = looksPrivate(name) || privateKind(name);
    for (const std::string& word : conversation_.privateWords)
      isPrivate = isPrivate || lower.find(sql::lowerCase(word)) != lower.npos;
    if (isPrivate)
      putValue(made, conversation_, ValueKind::name, name, name);
    else
      redactName(made, conversation_, name, NameKind::other);
  }

  Redacted rows(const Json& answer) {
    if (!answer.is_array()) return std::nullopt;
    draft_.masked["row"] += static_cast<std::int64_t>(answer.size());
    return Json(std::to_string(answer.size()) + " (what rows hold is never sent)");
  }

  /// {name, kind, detail?, path}
  Redacted catalogueObject(const Json& answer) {
    std::vector<std::string> path;
    const Json* parts = member(answer, "path");
    if (parts && parts->is_array())
      for (const Json& part : *parts)
        if (part.is_string() && validUtf8(part.get_ref<const std::string&>()))
          path.push_back(part.get<std::string>());
    const std::string name = textOf(answer, "name");
    const std::string kind = textOf(answer, "kind");
    const std::string detail = textOf(answer, "detail");
    if (path.empty() || !isObjectKind(kind) || !validUtf8(name) || !validUtf8(detail))
      return std::nullopt;
    Json made = Json::object();
    made["name"] =
        *apart([&](Draft& own) { redactObjectName(own, conversation_, name, kind, path); });
    made["kind"] = kind;
    if (!detail.empty())
      made["detail"] = *apart([&](Draft& own) { redactDetail(own, conversation_, detail, kind); });
    for (std::size_t i = 0; i < path.size(); ++i)
      made["path"].push_back(
          *apart([&](Draft& own) { redactPathPart(own, conversation_, path, i); }));
    return made;
  }

  /// {document, title, url, engine, text}: of a document that is compiled in as it is; of one of
  /// the user's what is prose.
  Redacted document(const Json& answer) {
    const std::string anchor = textOf(answer, "document");
    std::string text = textOf(answer, "text");
    const std::string title = textOf(answer, "title");
    const std::string path = "rag-docs/" + anchor.substr(0, anchor.find('#')) + ".md";
    constexpr std::string_view cut = "…";
    std::string_view kept = text;
    if (kept.ends_with(cut)) kept.remove_suffix(cut.size());
    Json made = Json::object();
    if (isOfDocuments("anchor", anchor) && RedactedText::ofDocument(path, kept) &&
        RedactedText::ofDocument(path, title)) {
      for (const char* name : {"document", "title", "url", "engine", "text"})
        if (const std::string each = textOf(answer, name);
            RedactedText::ofDocument(path, each) || each == anchor || each == text)
          made[name] = each;
      return made;
    }
    made["title"] = *apart([&](Draft& own) { redactProse(own, conversation_, title); });
    made["text"] = *apart([&](Draft& own) { redactProse(own, conversation_, text); });
    return made;
  }

  Draft& draft_;
  Conversation& conversation_;
  std::vector<std::string> quoted_;
  StatementWords words_;
};

std::optional<Json> formOf(std::string_view tool) {
  const std::string path = "native/src/tools/answers/" + std::string(tool) + ".json";
  const auto files = embeddedFiles();
  const auto file = std::ranges::find(files, path, &EmbeddedFile::path);
  if (file == files.end()) return std::nullopt;
  auto form = parseJson(file->text);
  return form ? std::optional(std::move(*form)) : std::nullopt;
}

}  // namespace

RedactedText Redactor::toolAnswer(std::string_view tool, const Json& arguments,
                                  const Json& answer) {
  Draft draft;
  const auto form = formOf(tool);
  if (!form) {
    draft.leaveOut("the answer of a tool that is not known");
    return RedactedText(std::move(draft.text), std::move(draft.masked));
  }
  AnswerRedactor redactor(draft, conversation_);
  redactor.learnCall(arguments);
  redactor.learnAnswer(*form, answer);
  const auto redacted = redactor.redact(*form, answer, answer);
  draft.text = tools::fenced(redacted ? jsonText(*redacted) : "{}");
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

}  // namespace mydba::ai
