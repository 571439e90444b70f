using System.Security.Authentication;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The broker's certificate is not accepted. The message has the reason and the cure.</summary>
sealed class CertificateRefusedException(string message) : AuthenticationException(message);
