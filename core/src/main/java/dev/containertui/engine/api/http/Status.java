package dev.containertui.engine.api.http;

/** The words behind status codes (RFC 9110 section 15). */
final class Status {
  private Status() {}

  static String reason(int status) {
    return switch (status) {
      case 101 -> "UPGRADED"; // Docker's word; clients do not mind.
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 417 -> "Expectation Failed";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> status < 500 ? "Error" : "Internal Server Error";
    };
  }
}
