using System.Security.Authentication;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The broker's certificate is not good enough. It says why, and what to do.</summary>
sealed class CertificateRefusedException(string message) : AuthenticationException(message);
