"""Mails to people: written from templates, sent by a job, or kept where no mail server is known."""
