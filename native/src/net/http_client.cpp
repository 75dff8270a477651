#include "net/http_client.h"

#include <curl/curl.h>
#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "base/wait.h"
#include "net/http_proxy.h"
#include "net/http_url.h"
#include "net/resolve.h"

namespace mydba::net {
namespace {

struct FreeEasy {
  void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
};
struct FreeMulti {
  void operator()(CURLM* handle) const { ::curl_multi_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};
struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Easy = std::unique_ptr<CURL, FreeEasy>;
using Multi = std::unique_ptr<CURLM, FreeMulti>;
using List = std::unique_ptr<curl_slist, FreeList>;

bool append(List& list, const std::string& line) {
  curl_slist* longer = ::curl_slist_append(list.get(), line.c_str());
  if (!longer) return false;
  (void)list.release();
  list.reset(longer);
  return true;
}

bool sameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           const auto small = [](char c) {
             return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
           };
           return small(x) == small(y);
         });
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

/// Whom to trust: a file with all authorities, or a folder that is asked for the one that is
/// needed.
struct Authorities {
  std::string file;
  std::string folder;
};

/// True when the files are named by the hash of whom they certify, as `openssl rehash` does it.
bool hasHashes(const char* folder) {
  const std::unique_ptr<DIR, CloseFolder> open(::opendir(folder));
  if (!open) return false;
  while (const dirent* entry = ::readdir(open.get()))
    if (std::string_view(entry->d_name).ends_with(".0")) return true;
  return false;
}

/// Where this machine keeps its authorities: Debian, SUSE and Alpine in a folder, Red Hat in a
/// file. The libcurl that travels with the program knows Debian's place only. The folder is
/// preferred: reading a file of 150 certificates takes 0.2 s, in which nothing can be cancelled.
Authorities authoritiesOfThisMachine() {
  if (const char* named = std::getenv("SSL_CERT_FILE"); named && *named) return {.file = named};
  if (hasHashes("/etc/ssl/certs")) return {.folder = "/etc/ssl/certs"};
  for (const char* path : {"/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt",
                           "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"})
    if (::access(path, R_OK) == 0) return {.file = path};
  return {.folder = "/etc/ssl/certs"};
}

/// What is known before a connection is made.
struct Route {
  HttpUrl target;
  std::optional<HttpProxy> proxy;
  Addresses addresses;  ///< of the proxy where there is one, else of the target

  const std::string& host() const { return proxy ? proxy->host : target.host; }
  int port() const { return proxy ? proxy->port : target.port; }
};

Error notPrivate(const HttpUrl& target) {
  if (!target.encrypted())
    return {.code = ErrorCode::refused,
            .message = "`" + target.origin() + "` is not encrypted and not on a private network",
            .hint = "use https"};
  return {.code = ErrorCode::refused,
          .message = "`" + target.host + "` leads to an address outside of this machine's networks",
          .hint = "check /etc/hosts and DNS: nothing was sent"};
}

Result<Route> findRoute(const HttpRequest& request, const HttpOptions& options,
                        const CancelToken& cancel) {
  auto target = parseHttpUrl(request.url);
  if (!target) return target.error();
  Route route{.target = std::move(*target)};
  auto proxy =
      proxyFor(route.target, options.proxy, [](const char* name) { return std::getenv(name); });
  if (!proxy) return proxy.error();
  route.proxy = std::move(*proxy);
  const bool privateOnly = options.privateOnly || !route.target.encrypted();
  if (privateOnly && route.proxy) return notPrivate(route.target);
  auto found = resolve(route.host(), cancel, Clock::now() + options.connectTimeout);
  if (!found) return found.error();
  route.addresses = std::move(*found);
  if (privateOnly && !std::all_of(route.addresses.begin(), route.addresses.end(), privateAddress))
    return notPrivate(route.target);
  return route;
}

/// Collects an answer's head and hands its body on. Called by libcurl, on the thread of the call.
class Receiver {
 public:
  Receiver(const HttpOptions& options, HttpReader& reader) : options_(options), reader_(reader) {}

  /// A line of the head; false ends the transfer.
  bool headerLine(std::string_view line) {
    if (complete_) return true;  // a trailer behind the body
    headerBytes_ += line.size();
    if (headerBytes_ > options_.maximumHeaderBytes) return fail(tooLarge("header"));
    if (line.starts_with("HTTP/")) {
      head_ = {};
      const std::size_t space = line.find(' ');
      if (space != std::string_view::npos) head_.status = std::atoi(line.data() + space);
      return true;
    }
    const std::string_view text = trimmed(line);
    if (!text.empty()) {
      const std::size_t colon = text.find(':');
      if (colon != std::string_view::npos)
        head_.headers.push_back(
            {std::string(text.substr(0, colon)), std::string(trimmed(text.substr(colon + 1)))});
      return true;
    }
    if (head_.status < 200) return true;  // 100 Continue and its kin come before the answer
    complete_ = true;
    return pass(acceptHead());
  }

  bool bodyBytes(std::string_view bytes) {
    bodyBytes_ += bytes.size();
    if (bodyBytes_ > options_.maximumBodyBytes) return fail(tooLarge("answer"));
    return bytes.empty() || pass(reader_.body(bytes));
  }

  const std::optional<Error>& error() const { return error_; }
  bool complete() const { return complete_; }

 private:
  Result<void> acceptHead() {
    if (head_.status >= 300 && head_.status < 400 && !options_.tellRedirects) {
      const auto location = parseHttpUrl(head_.header("location"));
      return Error{.code = ErrorCode::refused,
                   .message = "the server redirects" +
                              (location ? " to `" + location->origin() + "`" : std::string()) +
                              ", which is not followed",
                   .engineCode = std::to_string(head_.status),
                   .hint = "if that is the right address, set it"};
    }
    const std::string_view encoding = head_.header("content-encoding");
    if (!encoding.empty() && !sameName(encoding, "identity"))
      return Error{.code = ErrorCode::server,
                   .message = "the server sent a compressed answer that was not asked for",
                   .hint = "check what stands between this machine and the service"};
    return reader_.head(head_);
  }

  Error tooLarge(const char* what) const {
    return {.code = ErrorCode::tooLarge,
            .message = std::string("the server's ") + what + " is larger than the limit",
            .hint = "check the address of the service"};
  }

  bool fail(Error error) {
    error_ = std::move(error);
    return false;
  }
  bool pass(const Result<void>& result) { return result ? true : fail(result.error()); }

  const HttpOptions& options_;
  HttpReader& reader_;
  HttpHead head_;
  std::size_t headerBytes_ = 0;
  std::size_t bodyBytes_ = 0;
  bool complete_ = false;
  std::optional<Error> error_;
};

// libcurl takes a count that differs from the size for an error of ours, and ends the transfer.
std::size_t onHeader(char* data, std::size_t one, std::size_t size, void* receiver) {
  return static_cast<Receiver*>(receiver)->headerLine({data, one * size}) ? size : size + 1;
}
std::size_t onBody(char* data, std::size_t one, std::size_t size, void* receiver) {
  return static_cast<Receiver*>(receiver)->bodyBytes({data, one * size}) ? size : size + 1;
}

/// One request in libcurl's hands.
class Transfer {
 public:
  Transfer(const HttpRequest& request, const HttpOptions& options, const Route& route,
           Receiver& receiver)
      : request_(request), options_(options), route_(route), receiver_(receiver) {}
  ~Transfer() {
    if (added_) ::curl_multi_remove_handle(multi_.get(), easy_.get());
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  Result<void> prepare() {
    multi_.reset(::curl_multi_init());
    easy_.reset(::curl_easy_init());
    if (!multi_ || !easy_) return noMemory();
    setProtocol();
    setTls();
    setRoute();
    if (!setRequest()) return noMemory();
    if (::curl_multi_add_handle(multi_.get(), easy_.get()) != CURLM_OK) return noMemory();
    added_ = true;
    return {};
  }

  Result<void> run(const CancelToken& cancel) {
    for (;;) {
      if (cancel.cancelled()) return cancel.error();
      int running = 0;
      if (::curl_multi_perform(multi_.get(), &running) != CURLM_OK) return noMemory();
      if (running == 0) break;
      const auto idle = idleSince();
      if (idle >= options_.idleTimeout) return silence();
      const auto most =
          std::min<std::chrono::milliseconds>(options_.idleTimeout - idle, std::chrono::seconds(1));
      curl_waitfd token{cancel.fd(), CURL_WAIT_POLLIN, 0};
      ::curl_multi_poll(multi_.get(), &token, token.fd >= 0 ? 1 : 0,
                        static_cast<int>(most.count()) + 1, nullptr);
    }
    int left = 0;
    const CURLMsg* message = ::curl_multi_info_read(multi_.get(), &left);
    const CURLcode code = message ? message->data.result : CURLE_FAILED_INIT;
    if (receiver_.error()) return *receiver_.error();
    if (code != CURLE_OK) return failure(code);
    if (!receiver_.complete()) return lost("the server closed the connection before it answered");
    return {};
  }

 private:
  template <typename T>
  void set(CURLoption option, T value) {
    ::curl_easy_setopt(easy_.get(), option, value);
  }

  void setProtocol() {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, reason_.data());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_HEADERFUNCTION, &onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&receiver_));
    set(CURLOPT_WRITEFUNCTION, &onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&receiver_));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connectTimeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(options_.totalTimeout.count()));
  }

  void setTls() {
    const Authorities trusted =
        options_.caFile.empty() ? authoritiesOfThisMachine() : Authorities{.file = options_.caFile};
    const auto given = [](const std::string& text) {
      return text.empty() ? nullptr : text.c_str();
    };
    const auto version = static_cast<long>(CURL_SSLVERSION_TLSv1_2);
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, version);
    set(CURLOPT_CAINFO, given(trusted.file));
    set(CURLOPT_CAPATH, given(trusted.folder));
    set(CURLOPT_PROXY_SSL_VERIFYPEER, 1L);
    set(CURLOPT_PROXY_SSL_VERIFYHOST, 2L);
    set(CURLOPT_PROXY_SSLVERSION, version);
    set(CURLOPT_PROXY_CAINFO, given(trusted.file));
    set(CURLOPT_PROXY_CAPATH, given(trusted.folder));
  }

  void setRoute() {
    set(CURLOPT_URL, request_.url.c_str());
    // Empty strings keep libcurl from reading the environment by itself.
    set(CURLOPT_PROXY, route_.proxy ? route_.proxy->url.c_str() : "");
    set(CURLOPT_NOPROXY, "");
    std::string known = route_.host() + ":" + std::to_string(route_.port()) + ":";
    for (const std::string& address : route_.addresses) {
      if (known.back() != ':') known += ',';
      known += address.find(':') == std::string::npos ? address : "[" + address + "]";
    }
    if (append(resolved_, known)) set(CURLOPT_RESOLVE, resolved_.get());
  }

  bool setRequest() {
    for (const HttpHeader& header : request_.headers)
      if (!append(headers_, header.name + ": " + header.value)) return false;
    if (request_.method == "POST") {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
      set(CURLOPT_POSTFIELDS, request_.body.data());
      // Without it a body of more than a megabyte waits a second for a `100 Continue`.
      if (!append(headers_, "Expect:")) return false;
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
    return true;
  }

  std::chrono::milliseconds idleSince() {
    curl_off_t down = 0;
    curl_off_t up = 0;
    long headers = 0;
    ::curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_DOWNLOAD_T, &down);
    ::curl_easy_getinfo(easy_.get(), CURLINFO_SIZE_UPLOAD_T, &up);
    ::curl_easy_getinfo(easy_.get(), CURLINFO_HEADER_SIZE, &headers);
    const std::int64_t moved = down + up + headers;
    if (moved != moved_) {
      moved_ = moved;
      movedAt_ = Clock::now();
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - movedAt_);
  }

  std::string peer() const {
    const std::string name = "`" + route_.host() + ":" + std::to_string(route_.port()) + "`";
    return route_.proxy ? "the proxy " + name : name;
  }

  static Error noMemory() {
    return {.code = ErrorCode::internal, .message = "libcurl cannot start a request"};
  }
  static Error lost(std::string message) {
    return {.code = ErrorCode::connectionLost, .message = std::move(message), .retryable = true};
  }
  Error unreachable(std::string why, std::string hint) const {
    return {.code = ErrorCode::connectFailed,
            .message = "cannot connect to " + peer() + ": " + std::move(why),
            .hint = std::move(hint)};
  }
  Error silence() const {
    return {.code = ErrorCode::timeout,
            .message = "`" + route_.target.host + "` sent nothing for " +
                       std::to_string(options_.idleTimeout.count() / 1000) + " s",
            .hint = "try again, or raise the time-out",
            .retryable = true};
  }

  Error failure(CURLcode code) const;
  Error refusedByPeer() const;
  Error timedOut() const;

  const HttpRequest& request_;
  const HttpOptions& options_;
  const Route& route_;
  Receiver& receiver_;
  // In this order: the handle refers to the lists and the buffer, and goes first.
  std::array<char, CURL_ERROR_SIZE> reason_{};
  List headers_;
  List resolved_;
  Multi multi_;
  Easy easy_;
  bool added_ = false;
  std::int64_t moved_ = 0;
  Clock::time_point movedAt_ = Clock::now();
};

Error Transfer::refusedByPeer() const {
  long number = 0;
  ::curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &number);
  return unreachable(
      number != 0 ? std::strerror(static_cast<int>(number)) : "no answer",
      route_.proxy ? "check the proxy's address" : "check that the service runs, and its address");
}

Error Transfer::timedOut() const {
  curl_off_t connected = 0;
  ::curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
  if (connected == 0)
    return {.code = ErrorCode::timeout,
            .message = "cannot connect to " + peer() + ": timed out",
            .hint = "check the address, the network and the proxy",
            .retryable = true};
  return {.code = ErrorCode::timeout,
          .message = "the answer took longer than " +
                     std::to_string(options_.totalTimeout.count() / 1000) + " s",
          .hint = "ask for less, or raise the time-out",
          .retryable = true};
}

Error Transfer::failure(CURLcode code) const {
  long proxyAnswer = 0;
  ::curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &proxyAnswer);
  if (proxyAnswer >= 300)
    return unreachable("it answered " + std::to_string(proxyAnswer),
                       proxyAnswer == 407 ? "the proxy wants a user and a password: put them into "
                                            "its address"
                                          : "the proxy does not let this address through");
  switch (code) {
    case CURLE_COULDNT_CONNECT: return refusedByPeer();
    case CURLE_OPERATION_TIMEDOUT: return timedOut();
    case CURLE_PROXY:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
      return unreachable(::curl_easy_strerror(code), "check the address and the proxy");
    case CURLE_PEER_FAILED_VERIFICATION:
      return unreachable(std::string("its certificate is not accepted: ") + reason_.data(),
                         "name the authority that signed it in a CA file");
    case CURLE_SSL_CACERT_BADFILE:
      return unreachable("the authorities cannot be read",
                         "the CA file must be a PEM file with certificates");
    case CURLE_SSL_CONNECT_ERROR:
      return unreachable("the TLS handshake failed", "check that the service speaks https there");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return {.code = ErrorCode::server,
              .message = peer() + " does not speak HTTP",
              .hint = "check the address and the port"};
    case CURLE_PARTIAL_FILE: return lost("the answer was cut off");
    case CURLE_GOT_NOTHING: return lost("the server closed the connection before it answered");
    default: return lost(std::string("the connection is lost: ") + ::curl_easy_strerror(code));
  }
}

Result<void> checkRequest(const HttpRequest& request) {
  for (const HttpHeader& header : request.headers)
    if (header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      return Error{.code = ErrorCode::invalidParams,
                   .message = "the value of the header `" + header.name + "` has a line break",
                   .hint = "check the key for a line break that was copied with it"};
  return {};
}

}  // namespace

std::string_view HttpHead::header(std::string_view name) const {
  for (const HttpHeader& header : headers)
    if (sameName(header.name, name)) return header.value;
  return {};
}

Result<void> requestHttp(const HttpRequest& request, const HttpOptions& options, HttpReader& reader,
                         const CancelToken& cancel) {
  // Safe from any thread since libcurl 7.84; never undone, the process ends with it.
  static const CURLcode started = ::curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK)
    return Error{.code = ErrorCode::internal, .message = "libcurl does not start"};
  if (auto sound = checkRequest(request); !sound) return sound;
  auto route = findRoute(request, options, cancel);
  if (!route) return route.error();
  Receiver receiver(options, reader);
  Transfer transfer(request, options, *route, receiver);
  if (auto ready = transfer.prepare(); !ready) return ready;
  return transfer.run(cancel);
}

}  // namespace mydba::net
