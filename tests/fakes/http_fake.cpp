#include "fakes/http_fake.h"

#include <httplib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace mydba::fakes {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string textOf(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

void name(X509* certificate, const std::string& host) {
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, subject);
  const std::string names = "DNS:" + host;
  for (const auto& [id, value] : {std::pair{NID_subject_alt_name, names.c_str()},
                                  std::pair{NID_basic_constraints, "critical,CA:TRUE"}}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
}

}  // namespace

FakeCertificate certificateFor(const std::string& host) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24 * 3600);
  X509_set_pubkey(certificate.get(), key.get());
  name(certificate.get(), host);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const Memory certificateText(BIO_new(BIO_s_mem()), &BIO_free);
  const Memory keyText(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_X509(certificateText.get(), certificate.get());
  PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {.certificate = textOf(certificateText.get()), .key = textOf(keyText.get())};
}

std::string SeenRequest::header(const std::string& wanted) const {
  for (const auto& [found, value] : headers) {
    std::string small(found);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (small == wanted) return value;
  }
  return {};
}

struct HttpFake::State {
  Handler handler;
  std::unique_ptr<httplib::Server> server;
  bool encrypted = false;
  int port = 0;
  std::thread thread;

  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::vector<SeenRequest> seen;
  int answers = 0;
  int leavers = 0;
  bool stopping = false;

  void serve();
  void answer(const httplib::Request& request, httplib::Response& response);
  bool write(const FakeAnswer& answer, std::size_t& next, httplib::DataSink& sink);
  bool pause(std::chrono::milliseconds time, httplib::DataSink& sink);
  bool left();
  bool waitUntil(const std::function<bool()>& done) const {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(10), done);
  }
};

/// The client has gone; always false, as what the server calls wants it.
bool HttpFake::State::left() {
  const std::lock_guard lock(mutex);
  ++leavers;
  changed.notify_all();
  return false;
}

/// Waits, unless the client leaves or the server is to stop.
bool HttpFake::State::pause(std::chrono::milliseconds time, httplib::DataSink& sink) {
  const auto end = std::chrono::steady_clock::now() + time;
  std::unique_lock lock(mutex);
  while (!stopping && std::chrono::steady_clock::now() < end) {
    changed.wait_for(lock, std::chrono::milliseconds(5));
    if (sink.is_writable()) continue;
    lock.unlock();
    return left();
  }
  return !stopping;
}

bool HttpFake::State::write(const FakeAnswer& answer, std::size_t& next, httplib::DataSink& sink) {
  if (next < answer.pieces.size()) {
    if (answer.between.count() > 0 && !pause(answer.between, sink)) return false;
    const std::string& piece = answer.pieces[next++];
    return piece.empty() || sink.write(piece.data(), piece.size()) || left();
  }
  if (answer.end == FakeAnswer::End::cut) return false;
  if (answer.end == FakeAnswer::End::hang) return pause(std::chrono::hours(1), sink) && false;
  sink.done();
  return true;
}

void HttpFake::State::answer(const httplib::Request& request, httplib::Response& response) {
  SeenRequest one{.method = request.method, .path = request.target, .body = request.body};
  for (const auto& [header, value] : request.headers) one.headers.emplace_back(header, value);
  {
    const std::lock_guard lock(mutex);
    seen.push_back(one);
  }
  const FakeAnswer wanted = handler(one);
  response.status = wanted.status;
  for (const auto& [header, value] : wanted.headers) response.set_header(header.c_str(), value);
  response.set_chunked_content_provider(
      wanted.contentType.c_str(),
      [this, wanted, next = std::size_t{0}](std::size_t, httplib::DataSink& sink) mutable {
        if (next == 0) {
          const std::lock_guard lock(mutex);
          ++answers;
          changed.notify_all();
        }
        return write(wanted, next, sink);
      });
}

void HttpFake::State::serve() {
  const auto take = [this](const httplib::Request& request, httplib::Response& response) {
    answer(request, response);
  };
  server->Get(".*", take);
  server->Post(".*", take);
  server->set_keep_alive_max_count(1);
  port = server->bind_to_any_port("127.0.0.1");
  if (port <= 0) throw std::runtime_error("HttpFake: no port");
  thread = std::thread([this] { server->listen_after_bind(); });
  while (!server->is_running()) std::this_thread::yield();
}

HttpFake::HttpFake(Handler handler) : state_(std::make_unique<State>()) {
  state_->handler = std::move(handler);
  state_->server = std::make_unique<httplib::Server>();
  state_->serve();
}

HttpFake::HttpFake(const FakeCertificate& certificate, Handler handler)
    : state_(std::make_unique<State>()) {
  const Memory certificateText(BIO_new_mem_buf(certificate.certificate.data(),
                                               static_cast<int>(certificate.certificate.size())),
                               &BIO_free);
  const Memory keyText(
      BIO_new_mem_buf(certificate.key.data(), static_cast<int>(certificate.key.size())), &BIO_free);
  const Certificate parsed(PEM_read_bio_X509(certificateText.get(), nullptr, nullptr, nullptr),
                           &X509_free);
  const Key key(PEM_read_bio_PrivateKey(keyText.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  state_->handler = std::move(handler);
  state_->server = std::make_unique<httplib::SSLServer>(parsed.get(), key.get());
  state_->encrypted = true;
  state_->serve();
}

HttpFake::~HttpFake() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    state_->changed.notify_all();
  }
  state_->server->stop();
  state_->thread.join();
}

int HttpFake::port() const { return state_->port; }

std::string HttpFake::url() const {
  return (state_->encrypted ? "https://localhost:" : "http://127.0.0.1:") +
         std::to_string(state_->port);
}

std::vector<SeenRequest> HttpFake::seen() const {
  const std::lock_guard lock(state_->mutex);
  return state_->seen;
}

bool HttpFake::waitForAnswers(int count) const {
  return state_->waitUntil([this, count] { return state_->answers >= count; });
}

bool HttpFake::waitForLeaver() const {
  return state_->waitUntil([this] { return state_->leavers > 0; });
}

}  // namespace mydba::fakes
